package io.upnext.enrollment;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which steps of a Smart sequence may still run; a pure function, shared by engine and preview. A step runs once unless
 * it is marked repeatable; one that is open is not opened a second time; an advance waits until nothing is open.
 */
final class SmartTurns {

    private final List<Step> steps;
    private final int first;
    private final Predicate<String> visited;
    private final Predicate<String> open;

    /**
     * @param startStep steps before it have had their turn; null for none
     * @param visited has a step been visited?
     * @param open is a step open; asked with null, is any?
     */
    SmartTurns(Definition definition, String startStep, Predicate<String> visited, Predicate<String> open) {
        this.steps = definition.steps() == null ? List.of() : definition.steps();
        this.first = position(startStep);
        this.visited = visited;
        this.open = open;
    }

    private int position(String startStep) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).id().equals(startStep)) {
                return i;
            }
        }
        return 0;
    }

    /** In their order, those that may run now or at a later time. */
    List<Step> left() {
        return steps.stream().filter(this::isLeft).toList();
    }

    boolean anyLeft() {
        return steps.stream().anyMatch(this::isLeft);
    }

    private boolean isLeft(Step step) {
        boolean repeats = Boolean.TRUE.equals(step.timing().repeat());
        return repeats || (steps.indexOf(step) >= first && !visited.test(step.id()));
    }

    /** Whatever its condition says. */
    boolean mayRun(Step step) {
        boolean busy = step instanceof Step.Advance ? open.test(null) : open.test(step.id());
        return isLeft(step) && !busy;
    }
}
