package io.upnext.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.sequence.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LayoutTest {

    @Property(tries = 300)
    void noTwoElementsOverlapAndNoLabelLiesOnAnElement(@ForAll long seed) {
        Drawn drawing = new Drawn(RandomSequences.any(seed));

        List<Map.Entry<String, Box>> boxes = List.copyOf(drawing.boxes.entrySet());
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = i + 1; j < boxes.size(); j++) {
                assertThat(overlap(boxes.get(i).getValue(), boxes.get(j).getValue()))
                        .as("%s and %s", boxes.get(i), boxes.get(j))
                        .isFalse();
            }
        }
        drawing.labels.forEach((of, label) -> boxes.forEach(box -> assertThat(overlap(label, box.getValue()))
                .as("label %s of %s and %s", label, of, box)
                .isFalse()));
    }

    @Property(tries = 300)
    void noTwoLabelsOverlap(@ForAll long seed) {
        Drawn drawing = new Drawn(RandomSequences.uncrossed(seed));

        List<Map.Entry<String, Box>> labels = List.copyOf(drawing.labels.entrySet());
        for (int i = 0; i < labels.size(); i++) {
            for (int j = i + 1; j < labels.size(); j++) {
                assertThat(overlap(labels.get(i).getValue(), labels.get(j).getValue()))
                        .as("%s and %s", labels.get(i), labels.get(j))
                        .isFalse();
            }
        }
    }

    @Property(tries = 300)
    void everythingLiesOnThePage(@ForAll long seed) {
        Drawn drawing = new Drawn(RandomSequences.any(seed));

        drawing.boxes.values().forEach(LayoutTest::assertOnPage);
        drawing.labels.values().forEach(LayoutTest::assertOnPage);
        drawing.lines.values().forEach(line -> line.corners().forEach(corner -> {
            assertThat(corner.x()).isNotNegative();
            assertThat(corner.y()).isBetween(0, drawing.bottom);
        }));
    }

    @Property(tries = 300)
    void flowsHaveRightAnglesAndRunAroundTheElements(@ForAll long seed) {
        Drawn drawing = new Drawn(RandomSequences.any(seed));

        drawing.lines.forEach((flow, line) -> segments(line).forEach(segment -> {
            assertThat(segment.width() == 0 || segment.height() == 0)
                    .as("%s is straight", segment)
                    .isTrue();
            drawing.boxes.forEach((id, box) -> assertThat(overlap(segment, box))
                    .as("%s of %s through %s at %s", segment, flow.id(), id, box)
                    .isFalse());
        }));
    }

    @Property(tries = 300)
    void flowsBeginAndEndAtTheEdgeOfTheirElements(@ForAll long seed) {
        Drawn drawing = new Drawn(RandomSequences.any(seed));

        drawing.lines.forEach((flow, line) -> {
            List<Point> corners = line.corners();
            assertThat(onEdge(drawing.boxes.get(flow.from()), corners.get(0))).isTrue();
            assertThat(onEdge(drawing.boxes.get(flow.to()), corners.get(corners.size() - 1)))
                    .isTrue();
        });
    }

    @Property(tries = 300)
    void flowsOfATreeDoNotCross(@ForAll long seed) {
        Drawn drawing = new Drawn(RandomSequences.uncrossed(seed));

        List<Map.Entry<Flow, Line>> lines = List.copyOf(drawing.lines.entrySet());
        for (int i = 0; i < lines.size(); i++) {
            for (int j = i + 1; j < lines.size(); j++) {
                assertApart(lines.get(i), lines.get(j));
            }
        }
    }

    private static void assertApart(Map.Entry<Flow, Line> one, Map.Entry<Flow, Line> other) {
        boolean related = one.getKey().from().equals(other.getKey().from())
                || one.getKey().to().equals(other.getKey().to());
        for (Box segment : segments(one.getValue())) {
            for (Box against : segments(other.getValue())) {
                boolean crossed = related ? cross(segment, against) : touch(segment, against);
                assertThat(crossed)
                        .as("%s crosses %s", one.getKey().id(), other.getKey().id())
                        .isFalse();
            }
        }
    }

    /** What a definition looks like, without the exit, which lies below all of it. */
    private static final class Drawn {
        final int bottom;
        final Map<String, Box> boxes;
        final Map<String, Box> labels = new LinkedHashMap<>();
        final Map<Flow, Line> lines = new LinkedHashMap<>();

        Drawn(Definition definition) {
            Drawing drawing = Drawing.of(definition);
            bottom = drawing.bottom();
            boxes = drawing.boxes();
            labels.putAll(drawing.labels());
            for (Flow flow : drawing.flows()) {
                Line line = drawing.lines().get(flow.id());
                lines.put(flow, line);
                label(flow.id(), line.label());
            }
        }

        private void label(String id, Box label) {
            if (label != null) {
                labels.put(id, label);
            }
        }
    }

    private static void assertOnPage(Box box) {
        assertThat(box.x()).isNotNegative();
        assertThat(box.y()).isNotNegative();
    }

    /** The straight parts of a line, as boxes without a width or a height. */
    private static List<Box> segments(Line line) {
        List<Box> segments = new ArrayList<>();
        for (int i = 1; i < line.corners().size(); i++) {
            Point a = line.corners().get(i - 1);
            Point b = line.corners().get(i);
            segments.add(new Box(
                    Math.min(a.x(), b.x()), Math.min(a.y(), b.y()), Math.abs(a.x() - b.x()), Math.abs(a.y() - b.y())));
        }
        return segments;
    }

    private static boolean overlap(Box a, Box b) {
        return a.x() < b.right() && b.x() < a.right() && a.y() < b.bottom() && b.y() < a.bottom();
    }

    private static boolean touch(Box a, Box b) {
        return a.x() <= b.right() && b.x() <= a.right() && a.y() <= b.bottom() && b.y() <= a.bottom();
    }

    /** One goes through the other; running along it or ending on it is no crossing. */
    private static boolean cross(Box a, Box b) {
        return overlap(a, b);
    }

    private static boolean onEdge(Box box, Point point) {
        boolean side = (point.x() == box.x() || point.x() == box.right()) && point.y() == box.centreY();
        boolean end = (point.y() == box.y() || point.y() == box.bottom()) && point.x() == box.centreX();
        return side || end;
    }
}
