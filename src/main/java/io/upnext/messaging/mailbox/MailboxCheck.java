package io.upnext.messaging.mailbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.MailServer;
import io.upnext.messaging.Mailbox;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import org.springframework.stereotype.Component;

/**
 * Tries a mailbox: connects, switches to TLS, logs in, offers the sender, and says what is wrong. Nothing is sent or
 * changed.
 */
@Component
public class MailboxCheck {

    private final MailSessions sessions;
    private final LogIns logIns;

    MailboxCheck(MailSessions sessions, LogIns logIns) {
        this.sessions = sessions;
        this.logIns = logIns;
    }

    public record Part(boolean ok, String message) {}

    /** @param imap null where the mailbox does not receive */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(boolean ok, Part smtp, Part imap) {}

    public Result of(Mailbox mailbox) {
        Part smtp = check(mailbox.smtp(), () -> smtp(mailbox));
        Part imap = mailbox.imap() == null ? null : check(mailbox.imap(), () -> imap(mailbox));
        return new Result(smtp.ok() && (imap == null || imap.ok()), smtp, imap);
    }

    private interface Conversation {
        String outcome() throws MessagingException;
    }

    private static Part check(MailServer server, Conversation conversation) {
        try {
            return new Part(true, conversation.outcome());
        } catch (MessagingException | RuntimeException e) {
            return new Part(false, ConnectionCause.sentence(server, e));
        }
    }

    private String smtp(Mailbox mailbox) throws MessagingException {
        MailServer server = mailbox.smtp();
        try (SenderProbe transport = new SenderProbe(sessions.smtp(server), server)) {
            logIns.connect(transport, mailbox, server);
            transport.offer(mailbox.address());
            return server.logsIn() ? "Connected, logged in, sender accepted." : "Connected, sender accepted.";
        }
    }

    private String imap(Mailbox mailbox) throws MessagingException {
        MailServer server = mailbox.imap();
        try (Store store = sessions.imap(server).getStore(MailSessions.imapProtocol(server))) {
            logIns.connect(store, mailbox, server);
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
            }
            return "Connected and logged in.";
        }
    }
}
