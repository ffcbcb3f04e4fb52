package io.upnext.sequence.check;

import static io.upnext.sequence.check.Design.blank;

import io.upnext.sequence.Outline;
import io.upnext.sequence.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about the order of steps: waits, advances, go-tos and what runs unattended. */
final class FlowRules {

    private static final int MAX_HOURS = 30 * 24;

    static final List<Rule> ALL = List.of(
            Rule.error(
                    "wait-last",
                    design -> design.at(
                            node -> node.step() instanceof Step.Wait && node.last(),
                            "is the last of its branch; a wait needs something after it. Add a step or take the"
                                    + " wait out.")),
            Rule.error(
                    "wait-range",
                    design -> design.at(
                            Step.Wait.class,
                            wait -> outOfRange(
                                    wait.span().wholeDays(), wait.span().wholeHours()),
                            "must wait more than 0 hours and at most 30 days.")),
            Rule.error(
                    "advance-first",
                    design -> design.at(
                            node -> node.step() instanceof Step.Advance && node.position() == 0,
                            "is the first step; put at least one step before it, or connect records to the other"
                                    + " sequence at once.")),
            Rule.error(
                    "advance-not-last",
                    design -> design.at(
                            node -> node.step() instanceof Step.Advance && !node.last(),
                            "ends the sequence, so nothing may follow it; take out what stands after it.")),
            Rule.error("advance-target", FlowRules::targets),
            Rule.warning("advance-cycle", FlowRules::cycles),
            Rule.error("goto-target", FlowRules::goTos),
            Rule.warning(
                    "unattended",
                    design -> design.at(
                            node -> design.adaptive() && byItself(node) && manual(node.before()),
                            "runs by itself the moment the manual step before it is done; put a wait between them if"
                                    + " somebody should have time to look.")));

    private FlowRules() {}

    private static boolean outOfRange(int days, int hours) {
        long all = days * 24L + hours;
        return days < 0 || hours < 0 || all <= 0 || all > MAX_HOURS;
    }

    private static boolean byItself(Outline.Node node) {
        Step.Type type = node.step().type();
        return type == Step.Type.AUTOMATED_EMAIL
                || type == Step.Type.AUTOMATED_TEXT
                || type == Step.Type.AB_TEST
                || type == Step.Type.UPDATE_FIELD;
    }

    private static boolean manual(Outline.Node node) {
        return node != null && node.step().type() != null && node.step().type().manual();
    }

    private static Stream<Finding> targets(Design design) {
        return design.each(Step.Advance.class, (advance, node) -> target(design, advance, node).stream()
                .map(sentence -> Finding.at(node, sentence)));
    }

    private static Optional<String> target(Design design, Step.Advance advance, Outline.Node node) {
        if (blank(advance.sequence())) {
            return Optional.of("does not say to which sequence it advances; choose one.");
        }
        if (toItself(design, advance)) {
            return reachedWithoutWait(design, node)
                    ? Optional.of("advances to its own sequence without a wait before it; add a wait.")
                    : Optional.empty();
        }
        Optional<CheckFacts.Other> target = design.sequence(advance.sequence());
        if (target.isEmpty()) {
            return Optional.of("advances to a sequence that does not exist; choose another.");
        }
        if (!target.get().active()) {
            return Optional.of("advances to '" + target.get().name() + "', which is not active; activate that first.");
        }
        return target.get().recordType() == design.recordType()
                ? Optional.empty()
                : Optional.of("advances to '" + target.get().name() + "', which is for another record type; choose one"
                        + " for the type " + design.recordType() + ".");
    }

    private static boolean toItself(Design design, Step.Advance advance) {
        return design.self != null && design.self.toString().equalsIgnoreCase(advance.sequence());
    }

    private static boolean reachedWithoutWait(Design design, Outline.Node goal) {
        Deque<Outline.Node> open = new ArrayDeque<>(design.nodes().subList(0, 1));
        Set<Outline.Node> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            Outline.Node node = open.pop();
            if (node == goal) {
                return true;
            }
            if (!(node.step() instanceof Step.Wait)) {
                design.outline.after(node).stream().filter(seen::add).forEach(open::push);
            }
        }
        return false;
    }

    private static Stream<Finding> cycles(Design design) {
        if (design.self == null) {
            return Stream.empty();
        }
        return design.each(Step.Advance.class, (advance, node) -> {
            List<String> way = wayBack(design, advance.sequence());
            return way.isEmpty()
                    ? Stream.empty()
                    : Stream.of(Finding.at(
                            node,
                            "begins a circle of sequences that advance to each other (" + String.join(" → ", way)
                                    + "); at run time a record is advanced a limited number of times only."));
        });
    }

    /** The names of the sequences on a way from there back to this one; empty where there is none. */
    private static List<String> wayBack(Design design, String from) {
        return blank(from) ? List.of() : wayBack(design, from, new HashSet<>());
    }

    private static List<String> wayBack(Design design, String at, Set<String> seen) {
        if (design.self.toString().equalsIgnoreCase(at)) {
            return List.of(design.definition.name() == null ? "this sequence" : design.definition.name());
        }
        Optional<CheckFacts.Other> here = design.sequence(at);
        if (here.isEmpty() || !seen.add(at)) {
            return List.of();
        }
        for (String next : here.get().advancesTo()) {
            List<String> rest = wayBack(design, next, seen);
            if (!rest.isEmpty()) {
                List<String> way = new ArrayList<>(List.of(here.get().name()));
                way.addAll(rest);
                return way;
            }
        }
        return List.of();
    }

    private static Stream<Finding> goTos(Design design) {
        return design.each(Step.GoTo.class, (goTo, node) -> GoTos.mistake(design.outline, goTo, node).stream()
                .map(sentence -> Finding.at(node, sentence)));
    }
}
