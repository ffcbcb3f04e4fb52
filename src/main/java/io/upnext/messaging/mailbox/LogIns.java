package io.upnext.messaging.mailbox;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Service;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Connects to a mailbox's servers and logs in, whichever way it does. Never inside a transaction. */
@Component
public class LogIns {

    private final Mailboxes mailboxes;
    private final AccessTokens tokens;

    LogIns(Mailboxes mailboxes, AccessTokens tokens) {
        this.mailboxes = mailboxes;
        this.tokens = tokens;
    }

    /**
     * @param server {@code mailbox.smtp()} or {@code mailbox.imap()}
     * @throws LogInException where there is nothing to log in with
     */
    public void connect(Service service, Mailbox mailbox, MailServer server) throws MessagingException {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A server that hangs must not hold a transaction open.");
        }
        switch (server.auth()) {
            case NONE -> service.connect(server.host(), server.port(), null, null);
            case PASSWORD -> service.connect(server.host(), server.port(), server.user(), password(server));
            case XOAUTH2 -> byToken(service, mailbox, server);
        }
    }

    /** A token may be withdrawn before it expires: refused once, another one is fetched. */
    private void byToken(Service service, Mailbox mailbox, MailServer server) throws MessagingException {
        String token = tokens.token(mailbox, server, null);
        try {
            service.connect(server.host(), server.port(), server.user(), token);
        } catch (AuthenticationFailedException refused) {
            String fresh = tokens.token(mailbox, server, token);
            service.connect(server.host(), server.port(), server.user(), fresh);
        }
    }

    private String password(MailServer server) throws LogInException {
        try {
            return mailboxes.password(server);
        } catch (IllegalArgumentException e) {
            throw LogInException.lasting(
                    "The stored password cannot be decrypted (the secret key was changed); enter it again.", e);
        }
    }
}
