package io.upnext.messaging;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.TextMessageId;
import java.time.Instant;

/**
 * Something that happened to a text message of an enrollment. Stored first (row of {@code text_event}), then applied
 * through {@link TextEventListener} with retries, in order per enrollment.
 *
 * @param stepRun null of an answer from the inbox, as {@code stepId}
 * @param refusal only with {@link Kind#REFUSED}
 * @param detail the text, the cause of a failure or the answer; null where there is nothing to say to people
 */
public record TextEvent(
        long id,
        TextMessageId text,
        StepRunId stepRun,
        EnrollmentId enrollment,
        String stepId,
        RecordId record,
        Kind kind,
        Instant at,
        Refusal refusal,
        String detail) {

    public enum Kind {
        /** The gateway has it. */
        SENT,
        /** A clean outcome: the step ends as skipped with the {@link Refusal}. */
        REFUSED,
        /** Cannot be sent without help: an incident. */
        FAILED,
        /** The request left and no answer came: a person decides. */
        UNCERTAIN,
        DELIVERED,
        /** The gateway had it, but it did not arrive. */
        UNDELIVERED,
        /** The person answered. */
        REPLIED,
        /** The person wrote STOP. */
        STOPPED
    }

    public enum Refusal {
        DO_NOT_TEXT,
        SUPPRESSED,
        NO_NUMBER,
        INVALID_NUMBER,
        /** Nobody knows whether it was sent, and a person decided to go on without. */
        GIVEN_UP
    }
}
