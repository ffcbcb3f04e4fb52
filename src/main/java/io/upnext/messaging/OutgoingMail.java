package io.upnext.messaging;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
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
 * @param stepRun null where it belongs to no step: then {@code answer} is set
 * @param replyTo step run of the mail whose thread it continues, or null for a new thread
 * @param attachments names of attachments
 * @param answer set where somebody answers a received mail
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
        boolean unsubscribeLink,
        List<String> attachments,
        Answer answer) {

    /** A mail of a step without attachments. */
    public OutgoingMail(
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
        this(
                stepRun,
                enrollment,
                stepId,
                record,
                sender,
                mailbox,
                template,
                language,
                written,
                replyTo,
                replyToAddress,
                cc,
                bcc,
                trackOpens,
                trackClicks,
                unsubscribeLink,
                List.of(),
                null);
    }

    public OutgoingMail withAttachments(List<String> names) {
        return new OutgoingMail(
                stepRun,
                enrollment,
                stepId,
                record,
                sender,
                mailbox,
                template,
                language,
                written,
                replyTo,
                replyToAddress,
                cc,
                bcc,
                trackOpens,
                trackClicks,
                unsubscribeLink,
                names == null ? List.of() : List.copyOf(names),
                answer);
    }

    /**
     * Where an answer goes and what it continues.
     *
     * @param mail the id it gets: the same answer, sent twice, is one mail
     * @param to the address that wrote
     * @param inReplyTo Message-ID of the received mail, or null
     * @param references Message-IDs of the thread, or null
     * @param by who wrote it
     */
    public record Answer(MailId mail, String to, String inReplyTo, String references, UserId by) {}

    /**
     * What a seller wrote in the composer; the HTML is sanitised before it is sent.
     *
     * @param attachments names of attachments; null are those of the step
     */
    public record Written(String subject, String html, List<String> attachments) {

        public Written(String subject, String html) {
            this(subject, html, null);
        }
    }
}
