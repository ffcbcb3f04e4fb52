package io.upnext.sequence;

import java.util.List;
import java.util.Optional;

/** A definition read by step id: pure, immutable, safe to share. */
public interface StepIndex {

    Definition definition();

    EffectiveOptions options();

    Optional<Step> step(String id);

    /** All steps in document order, conditions included, go-tos left out. */
    List<Step> all();

    /**
     * The mail or call step a condition asks about: the step it directly follows, through conditions that begin a
     * branch of another condition on the same mail.
     */
    Optional<Step> subjectOf(String conditionId);

    /** The steps that may come directly after a step (both branches of a condition; a go-to resolved). */
    List<Step> next(String stepId);
}
