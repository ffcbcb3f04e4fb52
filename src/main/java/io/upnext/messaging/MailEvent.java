package io.upnext.messaging;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Something that happened to a mail of an enrollment: it left, was refused, opened, answered … Stored first (row of
 * {@code mail_event}), then applied through {@link MailEventListener} with retries, in order per enrollment.
 *
 * @param stepRun null, as {@code stepId}, where the mail was an answer from the inbox
 * @param human false where a scanner or prefetching proxy is known to have caused it; such do not count
 * @param refusal only with {@link Kind#REFUSED}
 * @param detail a sentence for people: the server's answer, the cause of a failure, the subject of a reply …
 * @param backOn only with {@link Kind#AUTO_REPLIED}: the first day on which an absent recipient is there again, as the answer
 *     names it or as the setting has it; null where nobody is absent
 */
public record MailEvent(
        long id,
        MailId mail,
        StepRunId stepRun,
        EnrollmentId enrollment,
        String stepId,
        RecordId record,
        Kind kind,
        Instant at,
        boolean human,
        Refusal refusal,
        String detail,
        LocalDate backOn) {

    public enum Kind {
        SENT,
        /** The recipient's server says that the mail arrived. */
        DELIVERED,
        /** A server on the way has not given up yet. */
        DELAYED,
        /** A clean outcome: the step ends as skipped with the {@link Refusal}. */
        REFUSED,
        /** Cannot be sent without help: an incident. */
        FAILED,
        /** After DATA no answer came: a person decides. */
        UNCERTAIN,
        OPENED,
        LINK_CLICKED,
        ATTACHMENT_OPENED,
        REPLIED,
        AUTO_REPLIED,
        BOUNCED_HARD,
        BOUNCED_SOFT,
        COMPLAINED,
        UNSUBSCRIBED
    }

    public enum Refusal {
        DO_NOT_EMAIL,
        SUPPRESSED,
        NO_ADDRESS,
        INVALID_ADDRESS,
        /** Whether it arrived is not known, and a person decided to leave it at that. */
        GIVEN_UP
    }
}
