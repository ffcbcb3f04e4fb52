package io.upnext.bpmn;

import static io.upnext.bpmn.Node.Kind.DAY;
import static io.upnext.bpmn.Node.Kind.FORK;
import static io.upnext.bpmn.Node.Kind.GATEWAY;

import io.upnext.sequence.Definition;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A Classic sequence: days from left to right, each step behind the timer of its day. What a person does hangs below the
 * line of days and ends there, so that it holds up none of them; the instance ends when everything in it has ended.
 */
final class ClassicDrawing {

    private static final int DAYS = 0;
    private static final int WORK = 140;
    private static final int JOIN = 25;
    /** The room that a person's step and its end need below the line of days. */
    private static final int ROOM_FOR_WORK = 130;

    private final Sketch sketch = new Sketch();
    private final Ends ends = new Ends();
    private final String at;
    /** How the ways that have come this far go on to the next element of the line. */
    private final List<Consumer<Node>> onward = new ArrayList<>();

    private int x = Layout.MARGIN;

    private ClassicDrawing(String at) {
        this.at = at;
    }

    static Drawing of(Definition definition) {
        ClassicDrawing drawing = new ClassicDrawing(definition.schedule().at());
        drawing.start();
        if (definition.steps() != null) {
            definition.steps().forEach(drawing::step);
        }
        drawing.end(EffectiveOptions.of(definition).exitWhenDone());
        return drawing.sketch.finish();
    }

    private void start() {
        Node start = put(new Node(ElementIds.START, Node.Kind.START, "Connected", null), Sketch.GAP);
        onward.add(to -> sketch.next(start, to, along(start, to)));
    }

    private void step(Step step) {
        Node day = put(new Node(ElementIds.day(step.id()), DAY, Labels.day(step, at), step), Sketch.GAP);
        arrive(day);
        Consumer<Node> way = to -> sketch.next(day, to, along(day, to));
        if (step instanceof Step.Advance advance) {
            advance(advance, ready(step, day, way));
        } else {
            way = step.timing().when() == null ? way : when(step, way);
            if (step.type().manual()) {
                manual(step, way);
            } else {
                Node task = put(Node.of(step, Outline.kind(step.type())), Sketch.GAP);
                way.accept(task);
                onward.add(to -> sketch.next(task, to, along(task, to)));
            }
        }
    }

    /** Where its condition does not hold, the record goes on to the next day, over the step. */
    private Consumer<Node> when(Step step, Consumer<Node> way) {
        Node when = whenGateway(step, way);
        onward.add(to -> sketch.otherwise(ElementIds.passed(step.id()), when, to, "No", over(when, to)));
        return to -> sketch.opened(ElementIds.holds(step.id()), when, to, "Yes", Beans.HOLDS, along(when, to));
    }

    private Node whenGateway(Step step, Consumer<Node> way) {
        Node when = put(new Node(ElementIds.when(step.id()), GATEWAY, "Condition holds?", step), Sketch.AFTER_GATEWAY);
        way.accept(when);
        return when;
    }

    private void manual(Step step, Consumer<Node> way) {
        Node fork = put(new Node(ElementIds.fork(step.id()), FORK, null, step), ROOM_FOR_WORK);
        way.accept(fork);
        Node task = Node.of(step, Outline.kind(step.type()));
        below(fork, task, "Done");
        sketch.forked(ElementIds.work(step.id()), fork, task, down(fork, task));
        onward.add(to -> sketch.forked(ElementIds.onward(step.id()), fork, to, along(fork, to)));
    }

    /** It ends the sequence, so it waits until nobody's step is open: asked again each day. */
    private Consumer<Node> ready(Step step, Node day, Consumer<Node> way) {
        Node ready = put(new Node(ElementIds.ready(step.id()), GATEWAY, "All steps done?", step), Sketch.AFTER_GATEWAY);
        way.accept(ready);
        Point top = sketch.box(ready).top();
        Point back = sketch.box(day).top();
        int over = sketch.over(ready);
        sketch.otherwise(
                ElementIds.busy(step.id()),
                ready,
                day,
                "No",
                top,
                new Point(top.x(), over),
                new Point(back.x(), over),
                back);
        return to -> sketch.opened(ElementIds.free(step.id()), ready, to, "Yes", Beans.READY, along(ready, to));
    }

    private void advance(Step.Advance step, Consumer<Node> way) {
        Node call = Node.of(step, Node.Kind.CALL);
        if (step.timing().when() == null) {
            put(call, Sketch.GAP);
            way.accept(call);
            Node end = put(ends.next("Advanced"), Sketch.GAP);
            sketch.next(call, end, along(call, end));
            return;
        }
        Node when = whenGateway(step, way);
        x += ROOM_FOR_WORK;
        below(when, call, "Advanced");
        sketch.opened(ElementIds.holds(step.id()), when, call, "Yes", Beans.HOLDS, down(when, call));
        onward.add(to -> sketch.otherwise(ElementIds.passed(step.id()), when, to, "No", along(when, to)));
    }

    /** A task and its end on the line of people's work. */
    private void below(Node gateway, Node task, String done) {
        int left = sketch.box(gateway).centreX() + 40;
        Box box = sketch.put(task, left, WORK);
        Node end = ends.next(done);
        sketch.put(end, box.right() + Sketch.GAP, WORK);
        sketch.next(task, end, along(task, end));
    }

    private void end(boolean whenDone) {
        if (onward.isEmpty()) {
            return;
        }
        if (!whenDone) {
            Node standby = put(ends.standby(), Sketch.GAP);
            arrive(standby);
            onward.add(to -> sketch.next(standby, to, along(standby, to)));
        }
        arrive(put(ends.next("Completed"), Sketch.GAP));
    }

    private void arrive(Node node) {
        onward.forEach(way -> way.accept(node));
        onward.clear();
    }

    private Node put(Node node, int gap) {
        x = sketch.put(node, x, DAYS).right() + gap;
        return node;
    }

    private Point[] along(Node from, Node to) {
        return new Point[] {sketch.box(from).rightSide(), sketch.box(to).leftSide()};
    }

    private Point[] down(Node from, Node to) {
        Point foot = sketch.box(from).foot();
        return new Point[] {foot, new Point(foot.x(), WORK), sketch.box(to).leftSide()};
    }

    private Point[] over(Node from, Node to) {
        Point top = sketch.box(from).top();
        Point target = sketch.box(to).leftSide();
        int over = sketch.over(from);
        int join = target.x() - JOIN;
        return new Point[] {top, new Point(top.x(), over), new Point(join, over), new Point(join, target.y()), target};
    }
}
