package io.upnext.bpmn;

import static io.upnext.bpmn.Node.Kind.FORK;
import static io.upnext.bpmn.Node.Kind.GATEWAY;

import io.upnext.sequence.Definition;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Step;
import java.util.Arrays;
import java.util.List;

/**
 * A Smart sequence: a timer, behind it the steps in their order, each below the gateway that asks whether it is its turn,
 * and the way back to the timer below all of them. What a person does ends beside that way and holds up no run.
 */
final class SmartDrawing {

    private static final int LINE = 0;
    private static final int WORK = 120;
    private static final int WAY_BACK = 220;
    private static final int END = -110;
    private static final int ROOM_FOR_TASK = 110;
    private static final int ROOM_FOR_WORK = 320;

    private final Sketch sketch = new Sketch();
    private final Ends ends = new Ends();
    private final Node left = new Node(ElementIds.LEFT, GATEWAY, "Steps left?", null);

    private int x = Layout.MARGIN;

    private SmartDrawing() {}

    static Drawing of(Definition definition) {
        SmartDrawing drawing = new SmartDrawing();
        Node run = drawing.begin(definition);
        drawing.turns(run, definition.steps() == null ? List.of() : definition.steps());
        return drawing.sketch.finish();
    }

    private Node begin(Definition definition) {
        Node start = put(new Node(ElementIds.START, Node.Kind.START, "Connected", null), Sketch.GAP);
        put(left, Sketch.AFTER_GATEWAY);
        sketch.next(start, left, along(start, left));
        end(EffectiveOptions.of(definition).exitWhenDone());
        Node run = put(new Node(ElementIds.RUN, Node.Kind.RUN, Labels.every(definition.schedule()), null), Sketch.GAP);
        sketch.opened(ElementIds.LEFT_SOME, left, run, "Yes", Beans.LEFT, along(left, run));
        return run;
    }

    private void end(boolean whenDone) {
        Point top = sketch.box(left).top();
        int at = top.x() + Sketch.GAP;
        Node first = whenDone ? ends.next("Completed") : ends.standby();
        Box box = sketch.put(first, at, END);
        sketch.otherwise(ElementIds.LEFT_NONE, left, first, "No", top, new Point(top.x(), END), box.leftSide());
        if (!whenDone) {
            Node end = ends.next("Completed");
            sketch.put(end, box.right() + Sketch.GAP, END);
            sketch.next(first, end, along(first, end));
        }
    }

    private void turns(Node run, List<Step> steps) {
        Node before = run;
        String no = null;
        for (Step step : steps) {
            Node turn = new Node(ElementIds.turn(step.id()), GATEWAY, Labels.of(step) + " now?", step);
            put(turn, step.type().manual() ? ROOM_FOR_WORK : ROOM_FOR_TASK);
            notYet(before, no, turn, along(before, turn));
            run(step, turn);
            before = turn;
            no = ElementIds.later(step.id());
        }
        Point side = sketch.box(before).rightSide();
        notYet(before, no, left, back(side, new Point(x - 30, side.y())));
    }

    /** From one gateway on to the next, or from the timer to the first. */
    private void notYet(Node from, String flow, Node to, Point... corners) {
        if (flow == null) {
            sketch.next(from, to, corners);
        } else {
            sketch.otherwise(flow, from, to, "No", corners);
        }
    }

    private void run(Step step, Node turn) {
        int centre = sketch.box(turn).centreX();
        Node task = Node.of(step, Outline.kind(step.type()));
        if (step.type().manual()) {
            Node fork = new Node(ElementIds.fork(step.id()), FORK, null, step);
            Box box = sketch.put(fork, centre - FORK.width / 2, WORK);
            its(step, turn, fork);
            sketch.put(task, box.right() + Sketch.GAP, WORK);
            sketch.forked(ElementIds.work(step.id()), fork, task, along(fork, task));
            finish(task, "Done");
            sketch.forked(ElementIds.onward(step.id()), fork, left, back(box.foot()));
            return;
        }
        Box box = sketch.put(task, centre - task.kind().width / 2, WORK);
        its(step, turn, task);
        if (step instanceof Step.Advance) {
            finish(task, "Advanced");
            x += ROOM_FOR_TASK;
        } else {
            sketch.next(task, left, back(box.foot()));
        }
    }

    private void its(Step step, Node turn, Node element) {
        Point foot = sketch.box(turn).foot();
        Point top = sketch.box(element).top();
        sketch.opened(ElementIds.now(step.id()), turn, element, "Yes", Beans.TURN, foot, top);
    }

    private void finish(Node task, String name) {
        Node end = ends.next(name);
        sketch.put(end, sketch.box(task).right() + Sketch.GAP, WORK);
        sketch.next(task, end, along(task, end));
    }

    /** Below everything back to the question whether any step is left. */
    private Point[] back(Point... from) {
        Point last = from[from.length - 1];
        Point foot = sketch.box(left).foot();
        Point[] corners = Arrays.copyOf(from, from.length + 3);
        corners[from.length] = new Point(last.x(), WAY_BACK);
        corners[from.length + 1] = new Point(foot.x(), WAY_BACK);
        corners[from.length + 2] = foot;
        return corners;
    }

    private Node put(Node node, int gap) {
        x = sketch.put(node, x, LINE).right() + gap;
        return node;
    }

    private Point[] along(Node from, Node to) {
        return new Point[] {sketch.box(from).rightSide(), sketch.box(to).leftSide()};
    }
}
