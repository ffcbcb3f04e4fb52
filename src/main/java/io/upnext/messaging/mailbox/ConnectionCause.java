package io.upnext.messaging.mailbox;

import io.upnext.messaging.MailServer;
import jakarta.mail.AuthenticationFailedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Why a mail server cannot be used, in a sentence that says what to do. */
public final class ConnectionCause {

    private ConnectionCause() {}

    public static String sentence(MailServer server, Throwable failure) {
        String where = "'" + server.host() + "' port " + server.port();
        String text = String.valueOf(failure.getMessage())
                .replaceAll("\\s*\\R\\s*", " ")
                .strip();
        if (failure instanceof AuthenticationFailedException) {
            return "The server refuses the log-in as '" + server.user() + "': " + text
                    + " Check user name and password, and whether the account allows mail programs.";
        }
        if (text.contains("STARTTLS is required")) {
            return "The server at " + where + " does not offer STARTTLS; choose TLS mode IMPLICIT or another port.";
        }
        if (has(failure, UnknownHostException.class)) {
            return "There is no host '" + server.host() + "'; check its name.";
        }
        if (has(failure, SSLException.class)) {
            return "TLS with " + where + " failed (" + innermost(failure)
                    + "); check the TLS mode, and that the certificate is valid for this name.";
        }
        if (has(failure, SocketTimeoutException.class)) {
            return "The server at " + where + " does not answer in time; check host, port and TLS mode.";
        }
        if (has(failure, ConnectException.class) || has(failure, NoRouteToHostException.class)) {
            return "Nothing listens at " + where + "; check host and port.";
        }
        return "The server at " + where + " refuses the connection: " + text;
    }

    public static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (type.isInstance(e)) {
                return true;
            }
        }
        return false;
    }

    private static String innermost(Throwable failure) {
        Throwable e = failure;
        while (e.getCause() != null && e.getCause() != e) {
            e = e.getCause();
        }
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }
}
