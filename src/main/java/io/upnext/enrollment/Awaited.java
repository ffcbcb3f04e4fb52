package io.upnext.enrollment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.sequence.Step;
import java.time.Instant;

/**
 * What an enrollment waits for where nobody is to act.
 *
 * @param step the id of the step it waits in ({@code STEP}) or for ({@code DAY}), {@code name} what people call it
 * @param described that step, for pages, which say in words what has no name
 * @param day of a Classic sequence
 * @param at when that is; absent where nobody can say, as while it is paused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Awaited(
        Kind kind, String step, String name, @JsonIgnore Step described, Integer day, Instant at) {

    public enum Kind {
        /** The wait before the first step. */
        START,
        /** The end of a wait, of a mail condition, or the moment a mail leaves. */
        STEP,
        /** Classic: the day of the next step. */
        DAY,
        /** Smart: the next run. */
        RUN,
        /** Everything is done; it stays connected for steps to come. */
        NEW_STEPS
    }
}
