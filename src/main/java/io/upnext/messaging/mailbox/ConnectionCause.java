package io.upnext.messaging.mailbox;

import io.upnext.messaging.MailServer;
import jakarta.mail.AuthenticationFailedException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Why a mail server cannot be used, in a sentence that says what to do. Of what the server said it holds one line of
 * limited length: a mailbox's holder chooses the host, and is to learn nothing else about it.
 */
public final class ConnectionCause {

    private static final int LONGEST_ANSWER = 300;
    private static final Pattern CHALLENGE = Pattern.compile("^334 ([A-Za-z0-9+/=]+)$");

    private ConnectionCause() {}

    public static String sentence(MailServer server, Throwable failure) {
        String where = "'" + server.host() + "' port " + server.port();
        String answer = answer(failure.getMessage());
        if (failure instanceof LogInException) {
            return answer;
        }
        if (has(failure, UnknownHostException.class)) {
            return "There is no host '" + server.host() + "'; check its name.";
        }
        if (has(failure, CertificateException.class)) {
            return "The certificate of " + where + " is not valid for this name, or of nobody this product trusts ("
                    + innermost(failure) + "); check the host's name, or have the certificate renewed.";
        }
        if (has(failure, SSLException.class)) {
            return "TLS with " + where + " failed (" + innermost(failure) + "); check port and TLS mode.";
        }
        if (has(failure, SocketTimeoutException.class)) {
            return "The server at " + where + " does not answer in time; check host, port and TLS mode.";
        }
        if (has(failure, ConnectException.class) || has(failure, NoRouteToHostException.class)) {
            return "Nothing listens at " + where + "; check host and port.";
        }
        if (answer.contains("STARTTLS is required")) {
            return "The server at " + where + " does not offer STARTTLS; choose TLS mode IMPLICIT or another port.";
        }
        if (closed(failure, answer)) {
            return "The server at " + where + " closes the connection; check port and TLS mode.";
        }
        if (failure instanceof AuthenticationFailedException) {
            return "The server refuses the log-in as '" + server.user() + "': " + answer + " " + remedy(server);
        }
        if (failure instanceof SMTPSendFailedException) {
            return "The server refuses the sender: " + answer + " Check whether '" + server.user()
                    + "' may send as this address.";
        }
        return "The server at " + where + " refuses the connection: " + answer;
    }

    private static String remedy(MailServer server) {
        return server.auth() == MailServer.Auth.XOAUTH2
                ? "Check user name and scope, and whether the account allows mail programs."
                : "Check user name and password, and whether the account allows mail programs.";
    }

    private static boolean closed(Throwable failure, String answer) {
        return answer.isEmpty() || answer.contains("[EOF]") || has(failure, EOFException.class);
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
        return answer(e.getMessage());
    }

    /** On one line; what stands encoded in a refused access token's challenge is for people too. */
    private static String answer(String message) {
        String line = (message == null ? "" : message)
                .replaceAll("\\s*\\R\\s*", " ")
                .replaceAll("\\p{Cntrl}", "?")
                .strip();
        Matcher challenge = CHALLENGE.matcher(line);
        if (challenge.matches()) {
            line = decoded(challenge.group(1)).replaceAll("\\p{Cntrl}", "?");
        }
        return line.length() <= LONGEST_ANSWER ? line : line.substring(0, LONGEST_ANSWER) + "…";
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return base64;
        }
    }
}
