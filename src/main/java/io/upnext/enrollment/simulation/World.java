package io.upnext.enrollment.simulation;

import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.shared.filter.Filter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the walk needs to know of records, people and mailboxes; {@code traveller} counts from 0. Calls come in the order
 * of time, since places in mailboxes and on days are given first come, first served.
 */
public interface World {

    Instant endOf(int traveller, Step.Wait wait, Instant at);

    Instant after(int traveller, Span span, Instant at);

    /** Would this mail be refused? Then it is skipped and its conditions take No. */
    boolean refused(int traveller, Step mail);

    /** Gives the mail its place; empty where nothing can send it. */
    Optional<Instant> mailLeaves(int traveller, Step mail, Instant at);

    /** It did leave then: nothing had ended the enrollment before. */
    void sent(int traveller, Instant at);

    /** Gives the task its day. */
    Instant taskDue(int traveller, Step task, Instant due);

    /** The record has another value from now on. */
    default void updated(int traveller, Step.UpdateField step) {}

    /** Does the record meet the sequence's exit filter? Never where no record answers. */
    default boolean exits(int traveller) {
        return false;
    }

    /** Does a condition on a field or stage hold? Empty where no record answers. */
    Optional<Boolean> holds(int traveller, Step.Test test);

    /**
     * Does a Classic or Smart step's own condition hold? Empty where no record answers.
     *
     * @param lastMail {@code lastEmail.opened} and so on
     */
    Optional<Boolean> holds(int traveller, Filter when, Map<String, Object> lastMail);
}
