package io.upnext.messaging.sending;

import io.upnext.messaging.Attachments;
import io.upnext.messaging.MailEvent.Refusal;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.Signatures;
import io.upnext.messaging.template.CleanHtml;
import io.upnext.messaging.template.PlainText;
import io.upnext.messaging.template.Sender;
import io.upnext.messaging.template.Templates;
import io.upnext.messaging.tracking.TrackingRules;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.MailboxId;
import io.upnext.shared.ProblemException;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Turns queued mails into mails as they leave, a batch at a time in a bounded number of statements. */
@Component
class Composer {

    private static final Logger log = LoggerFactory.getLogger(Composer.class);

    private final Records records;
    private final Users users;
    private final Mailboxes mailboxes;
    private final Templates templates;
    private final Refusals refusals;
    private final Footer footer;
    private final Signatures signatures;
    private final Attachments attachments;
    private final AttachmentLinks attachmentLinks;
    private final TrackingRules tracking;
    private final MailQueue queue;

    Composer(
            Records records,
            Users users,
            Mailboxes mailboxes,
            Templates templates,
            Refusals refusals,
            Footer footer,
            Signatures signatures,
            Attachments attachments,
            AttachmentLinks attachmentLinks,
            TrackingRules tracking,
            MailQueue queue) {
        this.records = records;
        this.users = users;
        this.mailboxes = mailboxes;
        this.templates = templates;
        this.refusals = refusals;
        this.footer = footer;
        this.signatures = signatures;
        this.attachments = attachments;
        this.attachmentLinks = attachmentLinks;
        this.tracking = tracking;
        this.queue = queue;
    }

    /** What is to be done with one queued mail. */
    sealed interface Result {
        record Ready(Composed mail) implements Result {}

        record Refused(Refusal refusal, String address) implements Result {}

        record Failed(String cause) implements Result {}

        /** The record is gone: nobody to mail. */
        record Gone() implements Result {}
    }

    /** A batch with everything it needs, loaded. */
    Batch load(List<QueuedMail> mails) {
        Map<RecordId, RecordGraph> graphs =
                records.graphs(distinct(mails, mail -> mail.asked().record()));
        Map<MailboxId, Mailbox> boxes = new HashMap<>(mailboxes.findAll(distinct(mails, QueuedMail::mailbox)));
        List<UserId> senders = distinct(mails, mail -> mail.asked().sender());
        return new Batch(
                graphs,
                users.findAll(senders),
                signatures.of(senders),
                attachments.among(mails.stream()
                        .flatMap(mail -> mail.asked().attachments().stream())
                        .distinct()
                        .toList()),
                boxes,
                templates.load(distinct(mails, mail -> mail.asked().template())),
                refusals.among(graphs.values().stream().map(RecordGraph::person).toList(), answered(mails)),
                queue.threads(distinct(mails, mail -> mail.asked().replyTo())));
    }

    /** Addresses that answers go to: not always the record's. */
    private static List<String> answered(List<QueuedMail> mails) {
        return mails.stream()
                .map(mail -> mail.asked().answer())
                .filter(Objects::nonNull)
                .map(OutgoingMail.Answer::to)
                .toList();
    }

    private static <T> List<T> distinct(List<QueuedMail> mails, Function<QueuedMail, T> property) {
        return mails.stream().map(property).filter(Objects::nonNull).distinct().toList();
    }

    final class Batch {

        private final Map<RecordId, RecordGraph> graphs;
        private final Map<UserId, User> senders;
        private final Map<UserId, String> signed;
        private final Attachments.Known files;
        private final Map<MailboxId, Mailbox> boxes;
        private final Templates.Loaded loaded;
        private final Refusals.Known refused;
        private final Map<StepRunId, MailQueue.Thread> threads;

        private Batch(
                Map<RecordId, RecordGraph> graphs,
                Map<UserId, User> senders,
                Map<UserId, String> signed,
                Attachments.Known files,
                Map<MailboxId, Mailbox> boxes,
                Templates.Loaded loaded,
                Refusals.Known refused,
                Map<StepRunId, MailQueue.Thread> threads) {
            this.graphs = graphs;
            this.senders = senders;
            this.signed = signed;
            this.files = files;
            this.boxes = boxes;
            this.loaded = loaded;
            this.refused = refused;
            this.threads = threads;
        }

        Result compose(QueuedMail mail) {
            RecordGraph graph = graphs.get(mail.asked().record());
            if (graph == null) {
                return new Result.Gone();
            }
            CrmRecord person = graph.person();
            OutgoingMail.Answer answer = mail.asked().answer();
            String to = answer == null ? Refusals.address(person) : answer.to();
            var refusal = refused.of(person, to);
            if (refusal.isPresent()) {
                return new Result.Refused(refusal.get(), to);
            }
            try {
                return new Result.Ready(compose(mail, graph, mailbox(mail), to));
            } catch (ProblemException e) {
                return new Result.Failed(e.getMessage());
            } catch (RuntimeException e) {
                log.warn("Mail {} could not be composed", mail.id(), e);
                return new Result.Failed("The mail could not be composed: " + e);
            }
        }

        private Mailbox mailbox(QueuedMail mail) {
            MailboxId id = mail.mailbox() != null ? mail.mailbox() : foundMeanwhile(mail);
            Mailbox mailbox = id == null
                    ? null
                    : boxes.computeIfAbsent(id, i -> mailboxes.find(i).orElse(null));
            if (mailbox == null) {
                throw new UnprocessableException(noMailbox(mail));
            }
            return mailbox;
        }

        private MailboxId foundMeanwhile(QueuedMail mail) {
            if (mail.asked().mailbox() != null) {
                return mail.asked().mailbox();
            }
            return mail.asked().sender() == null
                    ? null
                    : mailboxes.of(mail.asked().sender()).orElse(null);
        }

        private String noMailbox(QueuedMail mail) {
            if (mail.asked().mailbox() != null) {
                return "The mailbox this step sends from no longer exists; choose another one in the step.";
            }
            User sender = senders.get(mail.asked().sender());
            return (sender == null ? "The sender" : sender.name())
                    + " has no mailbox; add one for them, then retry the step.";
        }

        private Composed compose(QueuedMail mail, RecordGraph graph, Mailbox mailbox, String to) {
            User sender = senders.get(mail.asked().sender());
            Templates.Written body = body(mail, graph, sender);
            List<Attachments.Attachment> attached = files.all(mail.asked().attachments());
            boolean trackable = tracking.allow(mailbox, graph);
            boolean clicks = trackable && mail.asked().trackClicks();
            Footer.Text links = clicks ? attachmentLinks.of(mail.id(), attached) : Footer.NONE;
            Footer.Text end = mail.asked().unsubscribeLink() ? footer.of(mail.id(), body.language()) : Footer.NONE;
            MailQueue.Thread thread = threads.get(mail.asked().replyTo());
            OutgoingMail.Answer answer = mail.asked().answer();
            return new Composed(
                    mail,
                    mailbox,
                    "<" + mail.id() + "@" + Addresses.ascii(mailbox.address()).replaceFirst(".*@", "") + ">",
                    mailbox.name() != null ? mailbox.name() : sender == null ? null : sender.name(),
                    to,
                    answer != null ? answer.inReplyTo() : thread == null ? null : thread.messageId(),
                    answer != null ? answer.references() : thread == null ? null : thread.referencesOfAnswer(),
                    body.subject(),
                    body.html() + links.html() + end.html(),
                    body.text() + links.text() + end.text(),
                    clicks ? List.of() : attached,
                    trackable && mail.asked().trackOpens(),
                    clicks);
        }

        private Templates.Written body(QueuedMail mail, RecordGraph graph, User sender) {
            var written = mail.asked().written();
            if (written == null) {
                Sender from = new Sender(sender, signed.get(mail.asked().sender()));
                return loaded.fill(mail.asked().template(), mail.asked().language(), graph, from);
            }
            String html = CleanHtml.of(written.html());
            String subject = written.subject() == null ? "" : written.subject().strip();
            return new Templates.Written(mail.asked().language(), subject, html, PlainText.of(html));
        }
    }
}
