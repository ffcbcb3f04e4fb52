package io.upnext.worklist;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.InvalidException;
import java.time.OffsetDateTime;

/**
 * The same done to many steps. Which of the values are read depends on the kind, as for a single step.
 *
 * @param until of SNOOZE
 * @param to of ASSIGN: an id, a user name, {@code team:<id>} or a team's name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepAction(
        Kind kind, String outcome, String note, Boolean doneElsewhere, OffsetDateTime until, String to) {

    public enum Kind {
        COMPLETE,
        SKIP,
        SNOOZE,
        ASSIGN,
        NOTE,
        END_WAIT,
        RETRY,
        MAKE_MANUAL
    }

    /** @throws InvalidException where what the kind needs is missing */
    public void check() {
        if (kind == null) {
            throw new InvalidException(
                    "'action' is missing; give COMPLETE, SKIP, SNOOZE, ASSIGN, NOTE, END_WAIT, RETRY or MAKE_MANUAL.");
        }
        if (kind == Kind.ASSIGN && (to == null || to.isBlank())) {
            throw new InvalidException("'to' is missing; give a user or a team.");
        }
        if (kind == Kind.SNOOZE && until == null) {
            throw new InvalidException("'until' is missing; give a time that is still to come.");
        }
        if (kind == Kind.NOTE && (note == null || note.isBlank())) {
            throw new InvalidException("'note' is missing; give the text to note down.");
        }
    }
}
