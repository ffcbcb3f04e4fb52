package io.upnext.messaging.mailbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.MailServer;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import org.springframework.stereotype.Component;

/** Tries a mailbox: connects, switches to TLS, logs in, and says what is wrong. Nothing is sent or changed. */
@Component
public class MailboxCheck {

    private final Mailboxes mailboxes;

    MailboxCheck(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    public record Part(boolean ok, String message) {}

    /** @param imap null where the mailbox does not receive */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(boolean ok, Part smtp, Part imap) {}

    public Result of(Mailbox mailbox) {
        Part smtp = check(mailbox.smtp(), this::smtp);
        Part imap = mailbox.imap() == null ? null : check(mailbox.imap(), this::imap);
        return new Result(smtp.ok() && (imap == null || imap.ok()), smtp, imap);
    }

    private interface Conversation {
        void with(MailServer server) throws MessagingException;
    }

    private static Part check(MailServer server, Conversation conversation) {
        try {
            conversation.with(server);
            return new Part(true, "Connected and logged in.");
        } catch (IllegalArgumentException e) {
            return new Part(
                    false, "The stored password cannot be decrypted (the secret key was changed); enter it again.");
        } catch (MessagingException | RuntimeException e) {
            return new Part(false, ConnectionCause.sentence(server, e));
        }
    }

    private void smtp(MailServer server) throws MessagingException {
        try (Transport transport = MailSessions.smtp(server).getTransport(MailSessions.smtpProtocol(server))) {
            transport.connect(server.host(), server.port(), user(server), password(server));
        }
    }

    private void imap(MailServer server) throws MessagingException {
        try (Store store = MailSessions.imap(server).getStore(MailSessions.imapProtocol(server))) {
            store.connect(server.host(), server.port(), user(server), password(server));
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
            }
        }
    }

    private static String user(MailServer server) {
        return server.auth() == MailServer.Auth.NONE ? null : server.user();
    }

    private String password(MailServer server) {
        return server.auth() == MailServer.Auth.NONE ? null : mailboxes.password(server);
    }
}
