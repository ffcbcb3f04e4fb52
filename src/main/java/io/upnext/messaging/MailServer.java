package io.upnext.messaging;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How to reach an SMTP or IMAP server.
 *
 * @param secret the password, encrypted; never leaves the product
 * @param oauth where access tokens come from, for {@link Auth#XOAUTH2}; null for IMAP that logs in as SMTP does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MailServer(
        String host, int port, String user, @JsonIgnore String secret, Tls tls, Auth auth, OAuth oauth) {

    /** Without OAuth. */
    public MailServer(String host, int port, String user, String secret, Tls tls, Auth auth) {
        this(host, port, user, secret, tls, auth, null);
    }

    public enum Tls {
        /** Plain text: only for servers on the same machine or network. */
        NONE,
        /** Starts plain and must switch to TLS; a server that cannot is refused. */
        STARTTLS,
        /** TLS from the first byte. */
        IMPLICIT
    }

    public enum Auth {
        NONE,
        PASSWORD,
        /** By an access token (RFC 6749), in the form Microsoft 365 and Google take it. */
        XOAUTH2
    }

    /**
     * What may be shown of an OAuth 2 client that refreshes its access tokens (RFC 6749 §6); its secrets are kept apart.
     *
     * @param tokenEndpoint https, or http on this machine
     * @param scope what the token is asked for, or null for what the refresh token was given
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OAuth(String tokenEndpoint, String clientId, String scope) {}

    public MailServer withSecret(String encrypted) {
        return new MailServer(host, port, user, encrypted, tls, auth, oauth);
    }

    public MailServer withPort(int other) {
        return new MailServer(host, other, user, secret, tls, auth, oauth);
    }

    /** Does the conversation begin with a log-in? */
    public boolean logsIn() {
        return auth != Auth.NONE;
    }

    @Override
    public String toString() {
        return host + ":" + port + " (" + tls + ", " + auth + ", user " + user + ")";
    }
}
