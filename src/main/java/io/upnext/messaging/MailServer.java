package io.upnext.messaging;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How to reach an SMTP or IMAP server.
 *
 * @param secret the password, encrypted; never leaves the product
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MailServer(
        String host, int port, String user, @JsonIgnore String secret, Tls tls, Auth auth) {

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
        /** Comes with a later release. */
        XOAUTH2
    }

    public MailServer withSecret(String encrypted) {
        return new MailServer(host, port, user, encrypted, tls, auth);
    }

    @Override
    public String toString() {
        return host + ":" + port + " (" + tls + ", " + auth + ", user " + user + ")";
    }
}
