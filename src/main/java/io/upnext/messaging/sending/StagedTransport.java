package io.upnext.messaging.sending;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.mailbox.MailSessions;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A transport that knows how far the conversation came: only that tells a lost mail from an uncertain one. */
class StagedTransport extends SMTPTransport {

    enum Stage {
        IDLE,
        SENDER,
        RECIPIENTS,
        /** DATA was said; without its end the server has nothing (RFC 5321 §4.1.1.4). */
        BODY,
        /** The end of DATA was or may have been said. */
        END,
        ACCEPTED
    }

    private Stage stage = Stage.IDLE;

    StagedTransport(Session session, MailServer server) {
        super(session, null, MailSessions.smtpProtocol(server), server.tls() == MailServer.Tls.IMPLICIT);
    }

    Stage stage() {
        return stage;
    }

    void begin() {
        stage = Stage.IDLE;
    }

    @Override
    protected void mailFrom() throws MessagingException {
        stage = Stage.SENDER;
        super.mailFrom();
    }

    @Override
    protected void rcptTo() throws MessagingException {
        stage = Stage.RECIPIENTS;
        super.rcptTo();
    }

    @Override
    protected OutputStream data() throws MessagingException {
        stage = Stage.BODY;
        return super.data();
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        stage = Stage.END;
        super.finishData();
        stage = Stage.ACCEPTED;
    }
}
