package io.upnext.messaging.mailbox;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.mailbox.OAuthSecrets.Server;
import io.upnext.messaging.mailbox.OAuthSecrets.Stored;
import io.upnext.shared.MailboxId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Access tokens of mailboxes: kept until shortly before they expire, then asked for anew. One thread of a process asks
 * for a mailbox at a time; where another node was quicker, what it got is used. No transaction is open meanwhile.
 */
@Component
class AccessTokens {

    /** A token is not used any more so long before it expires: the conversation it opens takes a moment. */
    private static final Duration EARLY = Duration.ofMinutes(2);

    private record Client(MailboxId mailbox, Server server) {}

    private final OAuthSecrets secrets;
    private final TokenEndpoint endpoint;
    private final Clock realTime;
    private final Map<Client, Object> asking = new ConcurrentHashMap<>();

    AccessTokens(OAuthSecrets secrets, TokenEndpoint endpoint, @Qualifier("realTime") Clock realTime) {
        this.secrets = secrets;
        this.endpoint = endpoint;
        this.realTime = realTime;
    }

    /** @param refused a token the mail server has just refused, or null */
    String token(Mailbox mailbox, MailServer server, String refused) throws LogInException {
        boolean own = server.oauth() != null;
        Server whose = own && server == mailbox.imap() ? Server.IMAP : Server.SMTP;
        MailServer.OAuth oauth = own ? server.oauth() : mailbox.smtp().oauth();
        if (oauth == null) {
            throw LogInException.lasting("No OAuth 2 client is set up for this mailbox; enter one.", null);
        }
        Client client = new Client(mailbox.id(), whose);
        Stored stored = stored(client);
        if (usable(stored, refused)) {
            return stored.accessToken();
        }
        synchronized (asking.computeIfAbsent(client, key -> new Object())) {
            Stored now = stored(client);
            return usable(now, refused) ? now.accessToken() : refresh(client, oauth, now);
        }
    }

    private boolean usable(Stored stored, String refused) {
        return stored.usableAt(realTime.instant().plus(EARLY))
                && !stored.accessToken().equals(refused);
    }

    private String refresh(Client client, MailServer.OAuth oauth, Stored now) throws LogInException {
        AccessToken given;
        try {
            given = endpoint.refresh(oauth, now.clientSecret(), now.refreshToken());
        } catch (LogInException e) {
            Stored meanwhile = stored(client);
            if (meanwhile.version() != now.version() && meanwhile.usableAt(realTime.instant())) {
                return meanwhile.accessToken();
            }
            throw e;
        }
        secrets.refreshed(client.mailbox(), client.server(), now, given);
        return given.token();
    }

    private Stored stored(Client client) throws LogInException {
        try {
            return secrets.find(client.mailbox(), client.server())
                    .orElseThrow(() -> LogInException.lasting("The refresh token is missing; enter it.", null));
        } catch (IllegalArgumentException e) {
            throw LogInException.lasting(
                    "The stored refresh token cannot be decrypted (the secret key was changed); enter it again.", e);
        }
    }
}
