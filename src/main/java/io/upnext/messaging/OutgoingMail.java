package io.upnext.messaging;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
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
        MailboxId mailbox,
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

    /**
     * Begins a mail that is not tracked and has neither copies nor attachments.
     *
     * @param stepRun null, as are the others, where the mail belongs to none
     */
    public static Builder of(StepRunId stepRun, EnrollmentId enrollment, String stepId, RecordId record) {
        return new Builder(stepRun, enrollment, stepId, record);
    }

    /** The parts of a mail by their names; what is not said is absent. */
    public static final class Builder {

        private final StepRunId stepRun;
        private final EnrollmentId enrollment;
        private final String stepId;
        private final RecordId record;
        private UserId sender;
        private MailboxId mailbox;
        private String template;
        private String language;
        private Written written;
        private StepRunId replyTo;
        private String replyToAddress;
        private List<String> cc = List.of();
        private List<String> bcc = List.of();
        private boolean trackOpens;
        private boolean trackClicks;
        private boolean unsubscribeLink;
        private List<String> attachments = List.of();
        private Answer answer;

        private Builder(StepRunId stepRun, EnrollmentId enrollment, String stepId, RecordId record) {
            this.stepRun = stepRun;
            this.enrollment = enrollment;
            this.stepId = stepId;
            this.record = record;
        }

        /** Either may be null: the sender's mailbox, or this one. */
        public Builder from(UserId user, MailboxId ofMailbox) {
            sender = user;
            mailbox = ofMailbox;
            return this;
        }

        public Builder template(String name, String inLanguage) {
            template = name;
            language = inLanguage;
            return this;
        }

        public Builder written(Written bySeller) {
            written = bySeller;
            return this;
        }

        public Builder inThreadOf(StepRunId mailed) {
            replyTo = mailed;
            return this;
        }

        public Builder answersTo(String address) {
            replyToAddress = address;
            return this;
        }

        /** Null is none, in both. */
        public Builder copies(List<String> open, List<String> blind) {
            cc = orNone(open);
            bcc = orNone(blind);
            return this;
        }

        public Builder track(boolean opens, boolean clicks) {
            trackOpens = opens;
            trackClicks = clicks;
            return this;
        }

        public Builder unsubscribeLink(boolean wanted) {
            unsubscribeLink = wanted;
            return this;
        }

        /** @param names null is none */
        public Builder attachments(List<String> names) {
            attachments = orNone(names);
            return this;
        }

        public Builder answer(Answer toReceived) {
            answer = toReceived;
            return this;
        }

        public OutgoingMail mail() {
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
                    attachments,
                    answer);
        }

        private static List<String> orNone(List<String> values) {
            return values == null ? List.of() : List.copyOf(values);
        }
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
