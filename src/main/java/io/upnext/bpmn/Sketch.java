package io.upnext.bpmn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link Drawing} while it is being made, element by element; sizes in pixels. */
final class Sketch {

    static final int GAP = 60;
    static final int AFTER_GATEWAY = 80;

    private static final int TOP = 100;
    private static final int LABEL_DISTANCE = 4;
    private static final int GATEWAY_LABEL = 26;
    private static final int BESIDE = 6;
    private static final int MARK = 12;

    private final List<Node> nodes = new ArrayList<>();
    private final List<Flow> flows = new ArrayList<>();
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, Box> labels = new LinkedHashMap<>();
    private final Map<String, Line> lines = new LinkedHashMap<>();

    /** Places an element by its left edge and the line it stands on; such lines may lie above 0. */
    Box put(Node node, int left, int line) {
        Box box = new Box(left, line - node.kind().height / 2, node.kind().width, node.kind().height);
        nodes.add(node);
        boxes.put(node.id(), box);
        int height = Lettering.height(node.name());
        if (!node.kind().task() && height > 0) {
            labels.put(
                    node.id(),
                    node.kind().gateway()
                            ? new Box(
                                    box.centreX() + 8, box.centreY() - GATEWAY_LABEL - height, Lettering.WIDTH, height)
                            : new Box(
                                    box.centreX() - Lettering.WIDTH / 2,
                                    box.bottom() + LABEL_DISTANCE,
                                    Lettering.WIDTH,
                                    height));
        }
        return box;
    }

    Box box(Node node) {
        return boxes.get(node.id());
    }

    /** The height at which a flow passes over a gateway and its label. */
    int over(Node gateway) {
        return box(gateway).centreY() - Math.max(50, GATEWAY_LABEL + Lettering.height(gateway.name()) + 8);
    }

    /** The one flow out of an element that is no gateway. */
    void next(Node from, Node to, Point... corners) {
        add(new Flow(ElementIds.next(from.id()), from.id(), to.id(), null, null, false, null, null), corners);
    }

    /** A flow that its condition opens. */
    void opened(String id, Node from, Node to, String name, String condition, Point... corners) {
        add(new Flow(id, from.id(), to.id(), name, condition, false, null, null), corners);
    }

    /** The flow taken where no condition of the gateway holds. */
    void otherwise(String id, Node from, Node to, String name, Point... corners) {
        add(new Flow(id, from.id(), to.id(), name, null, true, null, null), corners);
    }

    /** A flow out of a gateway that forks. */
    void forked(String id, Node from, Node to, Point... corners) {
        add(new Flow(id, from.id(), to.id(), null, null, false, null, null), corners);
    }

    private void add(Flow flow, Point... corners) {
        flows.add(flow);
        lines.put(flow.id(), new Line(List.of(corners), label(flow, corners)));
    }

    private static Box label(Flow flow, Point[] corners) {
        if (flow.name() == null) {
            return null;
        }
        Point from = corners[0];
        Point to = corners[1];
        int width = Lettering.width(flow.name());
        int mark = flow.otherwise() ? MARK : 0;
        if (from.y() == to.y()) {
            return new Box(from.x() + BESIDE + mark, from.y() - Lettering.LINE - 4, width, Lettering.LINE);
        }
        return to.y() > from.y()
                ? new Box(from.x() + BESIDE, from.y() + mark, width, Lettering.LINE)
                : new Box(from.x() - BESIDE - width, from.y() - mark - Lettering.LINE - 2, width, Lettering.LINE);
    }

    /** Everything moved down so far that it lies on the page. */
    Drawing finish() {
        int top = boxes.values().stream().mapToInt(Box::y).min().orElse(0);
        top = Math.min(top, labels.values().stream().mapToInt(Box::y).min().orElse(top));
        top = Math.min(
                top,
                lines.values().stream()
                        .flatMap(line -> line.corners().stream())
                        .mapToInt(Point::y)
                        .min()
                        .orElse(top));
        int by = TOP - top;
        boxes.replaceAll((id, box) -> box.down(by));
        labels.replaceAll((id, box) -> box.down(by));
        lines.replaceAll((id, line) -> line.down(by));
        return new Drawing(nodes, flows, boxes, labels, lines, bottom());
    }

    private int bottom() {
        int bottom = boxes.values().stream().mapToInt(Box::bottom).max().orElse(TOP);
        bottom = Math.max(
                bottom, labels.values().stream().mapToInt(Box::bottom).max().orElse(bottom));
        return Math.max(
                        bottom,
                        lines.values().stream()
                                .flatMap(line -> line.corners().stream())
                                .mapToInt(Point::y)
                                .max()
                                .orElse(bottom))
                + 10;
    }
}
