package io.upnext.sequence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the steps of one version are in another one: a step is the same where id and type are. Pure. */
public final class VersionMapping {

    private final StepIndex from;
    private final StepIndex to;

    public VersionMapping(StepIndex from, StepIndex to) {
        this.from = from;
        this.to = to;
    }

    public boolean keeps(String stepId) {
        return same(stepId).isPresent();
    }

    /** The step as the old version had it. */
    public Optional<Step> old(String stepId) {
        return from.step(stepId);
    }

    /** A step of the new version, whether or not the old one had it. */
    public Optional<Step> fresh(String stepId) {
        return to.step(stepId);
    }

    /** The step as the new version has it. */
    public Optional<Step> same(String stepId) {
        return from.step(stepId).filter(this::kept).flatMap(step -> to.step(step.id()));
    }

    private boolean kept(Step step) {
        return to.step(step.id()).filter(same -> same.type() == step.type()).isPresent();
    }

    /**
     * The nearest step that follows in the old version and is still there, as the new one has it. Of the branches of a
     * condition No comes first, as for a step that is skipped. Empty where nothing follows.
     */
    public Optional<Step> following(String stepId) {
        Set<String> seen = new HashSet<>(Set.of(stepId));
        Deque<Step> next = new ArrayDeque<>(after(stepId));
        while (!next.isEmpty()) {
            Step step = next.poll();
            if (kept(step)) {
                return to.step(step.id());
            }
            if (seen.add(step.id())) {
                next.addAll(after(step.id()));
            }
        }
        return Optional.empty();
    }

    private List<Step> after(String stepId) {
        List<Step> after = new ArrayList<>(from.next(stepId));
        if (from.step(stepId).orElse(null) instanceof Step.Condition) {
            Collections.reverse(after);
        }
        return after;
    }
}
