package io.upnext.messaging.mailbox;

import io.upnext.messaging.MailServer;
import jakarta.mail.Session;
import jakarta.mail.util.StreamProvider;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.stereotype.Component;

/** Sessions for the mail library: time-outs on everything, TLS as the mailbox asks for, certificates checked. */
@Component
public class MailSessions {

    static {
        // The mail library looks its stream provider up for every part of every mail; by service loader that takes two
        // thirds of the time of writing a mail, by name next to nothing.
        String provider = StreamProvider.class.getName();
        if (System.getProperty(provider) == null) {
            System.setProperty(provider, MailStreamProvider.class.getName());
        }
    }

    /** No SMTP server says more at once. */
    private static final int LONGEST_SMTP_ANSWER = 256 * 1024;

    /** Messages come in pieces of {@link #PIECE}; the numbers of a hundred thousand new ones are an answer, too. */
    private static final int LONGEST_IMAP_ANSWER = 16 * 1024 * 1024;

    private static final int PIECE = 256 * 1024;

    private final MailTimeouts timeouts;

    MailSessions(MailTimeouts timeouts) {
        this.timeouts = timeouts;
    }

    public Session smtp(MailServer server) {
        String protocol = smtpProtocol(server);
        Properties properties = common(server, protocol, LONGEST_SMTP_ANSWER);
        String prefix = "mail." + protocol + ".";
        properties.put(prefix + "auth", String.valueOf(server.logsIn()));
        // An answer to QUIT changes nothing any more.
        properties.put(prefix + "quitwait", "false");
        return Session.getInstance(properties);
    }

    public Session imap(MailServer server) {
        String protocol = imapProtocol(server);
        Properties properties = common(server, protocol, LONGEST_IMAP_ANSWER);
        String prefix = "mail." + protocol + ".";
        properties.put(prefix + "peek", "true");
        properties.put(prefix + "fetchsize", String.valueOf(PIECE));
        properties.put(prefix + "connectionpoolsize", "1");
        return Session.getInstance(properties);
    }

    public static String smtpProtocol(MailServer server) {
        return server.tls() == MailServer.Tls.IMPLICIT ? "smtps" : "smtp";
    }

    public static String imapProtocol(MailServer server) {
        return server.tls() == MailServer.Tls.IMPLICIT ? "imaps" : "imap";
    }

    private Properties common(MailServer server, String protocol, int longestAnswer) {
        Properties properties = new Properties();
        String prefix = "mail." + protocol + ".";
        String answer = String.valueOf(timeouts.answer().toMillis());
        properties.put(prefix + "host", server.host());
        properties.put(prefix + "port", String.valueOf(server.port()));
        properties.put(
                prefix + "connectiontimeout", String.valueOf(timeouts.connect().toMillis()));
        properties.put(prefix + "timeout", answer);
        properties.put(prefix + "writetimeout", answer);
        properties.put(prefix + "socketFactory", new PatientSockets(timeouts.answer(), longestAnswer));
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        if (server.auth() == MailServer.Auth.XOAUTH2) {
            properties.put(prefix + "auth.mechanisms", "XOAUTH2");
        }
        boolean startTls = server.tls() == MailServer.Tls.STARTTLS;
        properties.put(prefix + "starttls.enable", String.valueOf(startTls));
        properties.put(prefix + "starttls.required", String.valueOf(startTls));
        // Broken mail is read as far as it can be, never refused as a whole.
        properties.put("mail.mime.address.strict", "false");
        return properties;
    }
}
