package io.upnext.messaging.mailbox;

import io.upnext.messaging.Times;
import io.upnext.security.Secrets;
import io.upnext.shared.MailboxId;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The secrets of OAuth 2 clients, each encrypted, and the access tokens of the moment, shared by all nodes. */
@Component
class OAuthSecrets {

    /** Whose: IMAP without an OAuth client of its own logs in with that of SMTP. */
    enum Server {
        SMTP,
        IMAP
    }

    private static final String PURPOSE = "mailbox-oauth";

    private final JdbcClient jdbc;
    private final Secrets secrets;

    OAuthSecrets(JdbcClient jdbc, Secrets secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    /**
     * @param clientSecret null for a public client
     * @param accessToken null where there is none yet
     * @param version counts the changes
     */
    record Stored(String clientSecret, String refreshToken, String accessToken, Instant expiresAt, long version) {

        boolean usableAt(Instant moment) {
            return accessToken != null && moment.isBefore(expiresAt);
        }
    }

    /**
     * @throws IllegalArgumentException where the product's key has changed since they were stored
     */
    Optional<Stored> find(MailboxId mailbox, Server server) {
        return jdbc.sql("select * from mailbox_oauth where mailbox = ? and server = ?")
                .params(mailbox.value(), server.name())
                .query((row, number) -> new Stored(
                        decrypt(row.getString("client_secret")),
                        decrypt(row.getString("refresh_token")),
                        decrypt(row.getString("access_token")),
                        Times.read(row, "expires_at"),
                        row.getLong("version")))
                .optional();
    }

    /**
     * What a person entered; the access token of before is forgotten.
     *
     * @param keep whether what is left empty stays as it is
     */
    void enter(MailboxId mailbox, Server server, String clientSecret, String refreshToken, boolean keep) {
        Stored before = keep ? find(mailbox, server).orElse(null) : null;
        String secret = entered(clientSecret, before == null ? null : before.clientSecret());
        String token = entered(refreshToken, before == null ? null : before.refreshToken());
        jdbc.sql("""
                        insert into mailbox_oauth (mailbox, server, client_secret, refresh_token)
                        values (:mailbox, :server, :clientSecret, :refreshToken)
                        on conflict (mailbox, server) do update set client_secret = excluded.client_secret,
                            refresh_token = excluded.refresh_token, access_token = null, expires_at = null,
                            version = mailbox_oauth.version + 1
                        """)
                .param("mailbox", mailbox.value())
                .param("server", server.name())
                .param("clientSecret", encrypt(secret))
                .param("refreshToken", encrypt(token))
                .update();
    }

    private static String entered(String now, String before) {
        return now == null || now.isBlank() ? before : now.strip();
    }

    /** What the token endpoint gave, unless somebody has changed the row meanwhile. */
    void refreshed(MailboxId mailbox, Server server, Stored before, AccessToken given) {
        jdbc.sql("""
                        update mailbox_oauth set access_token = :accessToken, expires_at = :expiresAt,
                            refresh_token = coalesce(:refreshToken, refresh_token), version = version + 1
                        where mailbox = :mailbox and server = :server and version = :version
                        """)
                .param("mailbox", mailbox.value())
                .param("server", server.name())
                .param("version", before.version())
                .param("accessToken", encrypt(given.token()))
                .param("expiresAt", Times.sql(given.expiresAt()))
                .param("refreshToken", encrypt(given.refreshToken()))
                .update();
    }

    void delete(MailboxId mailbox, Server server) {
        jdbc.sql("delete from mailbox_oauth where mailbox = ? and server = ?")
                .params(mailbox.value(), server.name())
                .update();
    }

    private String encrypt(String secret) {
        return secret == null ? null : secrets.encrypt(PURPOSE, secret);
    }

    private String decrypt(String stored) {
        return stored == null ? null : secrets.decrypt(PURPOSE, stored);
    }
}
