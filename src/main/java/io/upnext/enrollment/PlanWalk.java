package io.upnext.enrollment;

import io.upnext.sequence.Outline;
import io.upnext.sequence.Outline.Node;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.Condition;
import io.upnext.shared.filter.Filter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Walks every way through a definition and says when each step comes: a pure function, with the arithmetic the engine's
 * timers use. People are taken to finish a step when it is due, prospects to do at once what a condition waits for.
 */
final class PlanWalk {

    /** Go-tos make ways meet, and each way is shown on its own: their number is bounded here. */
    private static final int MOST = 1000;

    private final Outline outline;
    private final WaitTimes times;
    private final ZoneId zone;
    private final Details details;
    private final Map<Node, Node> yes = new HashMap<>();
    private final Map<Node, Node> no = new HashMap<>();
    private final List<Plan.Entry> entries = new ArrayList<>();
    private final List<Plan.End> ends = new ArrayList<>();
    private boolean truncated;

    /** When something is due that has so much time. */
    interface Times {
        Instant after(Span span, Instant from);
    }

    /** What depends on the record, the people and the mail around the definition. */
    interface Details {

        /** An entry for the step. */
        Plan.Entry entry(Step step, Instant at, Instant until, List<String> branch);

        /** Does the filter hold for the record, where some fields have other values by then? */
        boolean holds(Filter filter, Map<String, Object> instead);

        /** Would this mail be refused for this record? Then its conditions take No. */
        boolean refused(Step step);

        /** When a manual step that begins then and would be due then is due, by how the days are filled of who does it. */
        Instant due(Instant at, Instant due);

        /** The earliest moment at or after which the mail can leave. */
        Instant leaves(Step step, Instant at);
    }

    PlanWalk(Outline outline, WaitTimes times, ZoneId zone, Details details) {
        this.outline = outline;
        this.times = times;
        this.zone = zone;
        this.details = details;
        outline.nodes().stream()
                .filter(node -> node.parent() != null && node.index() == 0)
                .forEach(node -> (node.answer() ? yes : no).put(node.parent(), node));
    }

    Plan from(Instant start) {
        Node first = outline.nodes().isEmpty() ? null : outline.nodes().get(0);
        walk(first, start, List.of());
        return new Plan(List.copyOf(entries), List.copyOf(ends), truncated);
    }

    private void walk(Node from, Instant start, List<String> branch) {
        Instant at = start;
        Node node = target(from);
        while (node != null) {
            if (entries.size() >= MOST) {
                truncated = true;
                return;
            }
            if (node.step() instanceof Condition condition) {
                decide(node, condition, at, branch);
                return;
            }
            at = step(node.step(), at, branch);
            if (node.step() instanceof Step.Advance) {
                ends.add(new Plan.End(at, branch, Enrollment.Reason.ADVANCED));
                return;
            }
            node = target(node.next());
        }
        ends.add(new Plan.End(at, branch, Enrollment.Reason.COMPLETED));
    }

    /** A go-to stands for the step it leads to. */
    private Node target(Node node) {
        return node != null && node.step() instanceof Step.GoTo goTo
                ? outline.find(goTo.target()).orElse(null)
                : node;
    }

    /** @return when the step after it comes */
    private Instant step(Step step, Instant at, List<String> branch) {
        if (step instanceof Step.Wait wait) {
            return add(step, at, times.endOf(wait, zone, at), branch);
        }
        if (step.type().manual()) {
            Instant due = step instanceof Step.Instructed task ? times.after(task.dueIn(), zone, at) : at;
            return add(step, at, details.due(at, due), branch);
        }
        Instant leaves = details.leaves(step, at);
        add(step, leaves, null, branch);
        return leaves;
    }

    private Instant add(Step step, Instant at, Instant until, List<String> branch) {
        entries.add(details.entry(step, at, until, branch));
        return until;
    }

    private void decide(Node node, Condition condition, Instant at, List<String> branch) {
        boolean waits = condition.onMail() && condition.within() != null;
        Instant limit = waits ? times.after(condition.within(), zone, at) : at;
        add(condition, at, waits ? limit : null, branch);
        boolean never = outline.subjectOf(node)
                .map(subject -> details.refused(subject.step()))
                .orElse(false);
        if (!never) {
            boolean atLimit = condition.decide() == Condition.Decide.AT_LIMIT;
            walk(yes.get(node), atLimit ? limit : at, with(branch, condition, "YES"));
        }
        walk(no.get(node), never ? at : limit, with(branch, condition, "NO"));
    }

    private static List<String> with(List<String> branch, Condition condition, String answer) {
        return Stream.concat(branch.stream(), Stream.of(condition.id() + ":" + answer))
                .toList();
    }
}
