package io.upnext.messaging;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;

/**
 * A text message of a step run, before it is rendered.
 *
 * @param record the enrolled record; the person texted follows from it
 * @param sender the user whose name the placeholders of {@code sender} show; may be null
 * @param template name of the template, or null where {@code written} holds what a seller wrote
 * @param language explicit language of the template, else the recipient's
 */
public record OutgoingText(
        StepRunId stepRun,
        EnrollmentId enrollment,
        String stepId,
        RecordId record,
        UserId sender,
        String template,
        String language,
        String written) {}
