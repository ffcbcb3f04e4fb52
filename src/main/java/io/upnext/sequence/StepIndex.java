package io.upnext.sequence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A definition read by step id: pure, immutable, safe to share. */
public final class StepIndex {

    private final Definition definition;
    private final EffectiveOptions options;
    private final Map<String, Step> byId = new HashMap<>();
    private final Map<String, Step> subjects = new HashMap<>();
    private final Map<String, List<Step>> following = new HashMap<>();
    private final List<Step> all;

    private StepIndex(Definition definition) {
        this.definition = definition;
        this.options = EffectiveOptions.of(definition);
        Outline outline = Outline.of(definition);
        this.all = outline.nodes().stream()
                .map(Outline.Node::step)
                .filter(step -> !(step instanceof Step.GoTo))
                .toList();
        outline.nodes().stream().filter(node -> node.step().id() != null).forEach(node -> add(outline, node));
    }

    public static StepIndex of(Definition definition) {
        return new StepIndex(definition);
    }

    private void add(Outline outline, Outline.Node node) {
        String id = node.step().id();
        if (byId.putIfAbsent(id, node.step()) == null) {
            outline.subjectOf(node).ifPresent(subject -> subjects.put(id, subject.step()));
            following.put(
                    id, outline.after(node).stream().map(Outline.Node::step).toList());
        }
    }

    public Definition definition() {
        return definition;
    }

    public EffectiveOptions options() {
        return options;
    }

    public Optional<Step> step(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All steps in document order, conditions included, go-tos left out. */
    public List<Step> all() {
        return all;
    }

    /**
     * The mail or call step a condition asks about: the step it directly follows, through conditions that begin a
     * branch of another condition on the same mail.
     */
    public Optional<Step> subjectOf(String conditionId) {
        return Optional.ofNullable(subjects.get(conditionId));
    }

    /** The steps that may come directly after a step (both branches of a condition; a go-to resolved). */
    public List<Step> next(String stepId) {
        return following.getOrDefault(stepId, List.of());
    }
}
