package io.upnext.messaging;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import java.util.List;

/**
 * A mail of a step run, before it is rendered.
 *
 * @param record the enrolled record; the person mailed follows from it
 * @param sender the user whose mailbox sends, or null where {@code mailbox} names one
 * @param template name of the template, or null where {@code written} holds what a seller wrote
 * @param language explicit language of the template, else the recipient's
 * @param replyTo step run of the mail whose thread it continues, or null for a new thread
 */
public record OutgoingMail(
        StepRunId stepRun,
        EnrollmentId enrollment,
        String stepId,
        RecordId record,
        UserId sender,
        io.upnext.shared.MailboxId mailbox,
        String template,
        String language,
        Written written,
        StepRunId replyTo,
        String replyToAddress,
        List<String> cc,
        List<String> bcc,
        boolean trackOpens,
        boolean trackClicks,
        boolean unsubscribeLink) {

    /** What a seller wrote in the composer; the HTML is sanitised before it is sent. */
    public record Written(String subject, String html) {}
}
