package io.upnext.messaging.mailbox;

import io.upnext.messaging.MailServer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A conversation that ends before a mail: does the server take mail from this sender? */
final class SenderProbe extends SMTPTransport {

    SenderProbe(Session session, MailServer server) {
        super(session, null, MailSessions.smtpProtocol(server), server.tls() == MailServer.Tls.IMPLICIT);
    }

    /** @throws SMTPSendFailedException where the server refuses the sender */
    void offer(String sender) throws MessagingException {
        int code = simpleCommand("MAIL FROM:<" + sender + ">");
        if (code != 250) {
            throw new SMTPSendFailedException("MAIL", code, getLastServerResponse(), null, null, null, null);
        }
        simpleCommand("RSET");
    }
}
