package io.upnext.messaging;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;

/**
 * A text message of a step run, or an answer from the inbox, before it is rendered.
 *
 * @param stepRun null of an answer, as {@code stepId}
 * @param record the enrolled record; the person texted follows from it
 * @param sender the user whose name the placeholders of {@code sender} show; may be null
 * @param template name of the template, or null where {@code written} holds what a seller wrote
 * @param language explicit language of the template, else the recipient's
 * @param askedTo of an answer the number that wrote, E.164; else null: it follows from the record
 */
public record OutgoingText(
        StepRunId stepRun,
        EnrollmentId enrollment,
        String stepId,
        RecordId record,
        UserId sender,
        String template,
        String language,
        String written,
        String askedTo) {

    /** Of a step. */
    public OutgoingText(
            StepRunId stepRun,
            EnrollmentId enrollment,
            String stepId,
            RecordId record,
            UserId sender,
            String template,
            String language,
            String written) {
        this(stepRun, enrollment, stepId, record, sender, template, language, written, null);
    }

    /** An answer, as somebody wrote it in the inbox. */
    public static OutgoingText answer(
            EnrollmentId enrollment, RecordId record, String to, UserId sender, String written) {
        return new OutgoingText(null, enrollment, null, record, sender, null, null, written, to);
    }
}
