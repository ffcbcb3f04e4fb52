package io.upnext.messaging.sending;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.messaging.template.TemplatePreview;
import io.upnext.messaging.template.Templates;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Settings;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.MailId;
import io.upnext.shared.RecordId;
import io.upnext.shared.UnprocessableException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Sends a template to oneself, through the own mailbox, while the caller waits: marked, never tracked, of no enrollment,
 * kept nowhere. The links of its footer lead to a page but unsubscribe nobody.
 */
@Component
public class TestMails {

    private static final String MARK = "[Test] ";

    private final TemplatePreview preview;
    private final Mailboxes mailboxes;
    private final Users users;
    private final Settings settings;
    private final Footer footer;
    private final SmtpConnections connections;
    private final AuditLog audit;
    private final Clock clock;

    TestMails(
            TemplatePreview preview,
            Mailboxes mailboxes,
            Users users,
            Settings settings,
            Footer footer,
            SmtpConnections connections,
            AuditLog audit,
            Clock clock) {
        this.preview = preview;
        this.mailboxes = mailboxes;
        this.users = users;
        this.settings = settings;
        this.footer = footer;
        this.connections = connections;
        this.audit = audit;
        this.clock = clock;
    }

    /** What was sent to whom. */
    public record Sent(String to, String subject) {}

    /**
     * @param language explicit, or null for the record's
     * @param record null for a sample that shows the names of its placeholders
     * @throws UnprocessableException with what keeps it from being sent, or what the server said
     */
    public Sent send(CurrentUser user, String name, String language, RecordId record) {
        Sent sent = send(user, preview.written(user, name, language, record));
        audit.add(user.actor(), "template.test", "template:" + name, null, Map.of("to", sent.to()));
        return sent;
    }

    /** The same for a template that is being written. */
    public Sent send(CurrentUser user, TemplateCatalogue.Draft draft, RecordId record) {
        Sent sent = send(user, preview.written(user, draft, record));
        audit.add(user.actor(), "template.test", "template:" + draft.name(), null, Map.of("to", sent.to()));
        return sent;
    }

    private Sent send(CurrentUser user, Templates.Written written) {
        if (settings.sendingStopped()) {
            throw new UnprocessableException(
                    "All sending of the organisation is stopped; an administrator can" + " switch it on again.");
        }
        Mailbox mailbox = mailboxes
                .of(user.id())
                .flatMap(mailboxes::find)
                .orElseThrow(() -> new UnprocessableException(
                        "You have no mailbox to send a test from; set one up under 'My account'."));
        Composed mail = composed(user, mailbox, written);
        SmtpOutcome outcome = connections.send(mail);
        if (!(outcome instanceof SmtpOutcome.Sent)) {
            throw new UnprocessableException("The test mail was not sent: " + cause(outcome));
        }
        return new Sent(mail.to(), mail.subject());
    }

    private Composed composed(CurrentUser user, Mailbox mailbox, Templates.Written written) {
        MailId id = MailId.next();
        String to =
                users.find(user.id()).map(User::email).filter(Addresses::valid).orElse(mailbox.address());
        Footer.Text end = footer.of(id, written.language());
        return new Composed(
                new QueuedMail(id, asked(user, mailbox), mailbox.id(), clock.instant(), 0, null, false, false),
                mailbox,
                "<" + id + "@" + Addresses.ascii(mailbox.address()).replaceFirst(".*@", "") + ">",
                mailbox.name() != null ? mailbox.name() : user.name(),
                to,
                null,
                null,
                MARK + written.subject(),
                written.html() + end.html(),
                written.text() + end.text(),
                List.of(),
                false,
                false);
    }

    private static OutgoingMail asked(CurrentUser user, Mailbox mailbox) {
        return OutgoingMail.of(null, null, null, null)
                .from(user.id(), mailbox.id())
                .mail();
    }

    private static String cause(SmtpOutcome outcome) {
        if (outcome instanceof SmtpOutcome.Unreachable unreachable) {
            return unreachable.cause();
        }
        if (outcome instanceof SmtpOutcome.MailboxRefused refused) {
            return refused.cause();
        }
        if (outcome instanceof SmtpOutcome.RecipientRefused refused) {
            return refused.cause();
        }
        if (outcome instanceof SmtpOutcome.MessageRefused refused) {
            return refused.cause();
        }
        if (outcome instanceof SmtpOutcome.Later later) {
            return later.cause();
        }
        return "the connection broke off after it was handed over; look into your inbox.";
    }
}
