package io.upnext.messaging.sending;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.domain.DkimSigning;
import io.upnext.messaging.mailbox.LogIns;
import io.upnext.messaging.mailbox.MailSessions;
import io.upnext.shared.MailboxId;
import io.upnext.shared.ProblemException;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Open conversations with SMTP servers, kept between mails; each is used by one thread at a time. */
@Component
class SmtpConnections implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(SmtpConnections.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int MAILS_PER_CONNECTION = 200;

    /** A changed mailbox has another version, and so other connections. */
    private record Key(MailboxId mailbox, long version) {}

    private final MailSessions sessions;
    private final LogIns logIns;
    private final MimeWriter writer;
    private final Map<Key, Deque<Connection>> idle = new ConcurrentHashMap<>();

    SmtpConnections(MailSessions sessions, LogIns logIns, MimeWriter writer) {
        this.sessions = sessions;
        this.logIns = logIns;
        this.writer = writer;
    }

    private static final class Connection {

        private final Session session;
        private final StagedTransport transport;
        private int mails;
        private long usedAt;

        Connection(Session session, StagedTransport transport) {
            this.session = session;
            this.transport = transport;
        }

        void close() {
            try {
                transport.close();
            } catch (MessagingException e) {
                log.debug("A connection could not be closed in order", e);
            }
        }
    }

    /** Sends one mail; every way it can end is an outcome. */
    SmtpOutcome send(Composed mail) {
        Connection connection;
        try {
            connection = take(mail.mailbox());
        } catch (CannotConnect e) {
            return e.outcome;
        }
        boolean usable = false;
        try {
            SmtpOutcome outcome = send(mail, connection);
            usable = usable(outcome);
            return outcome;
        } finally {
            giveBack(mail.mailbox(), connection, usable);
        }
    }

    private SmtpOutcome send(Composed mail, Connection connection) {
        InternetAddress[] envelope;
        MimeMessage message;
        try {
            message = writer.write(mail, connection.session);
            envelope = MimeWriter.envelope(mail);
        } catch (DkimSigning.Unusable e) {
            return new SmtpOutcome.MailboxRefused(e.getMessage());
        } catch (MessagingException | ProblemException e) {
            return new SmtpOutcome.MessageRefused(SmtpFailure.sentence(e));
        } catch (RuntimeException e) {
            log.warn("Mail {} could not be written", mail.id(), e);
            return new SmtpOutcome.Later("The mail could not be written: " + e, false);
        }
        return send(message, envelope, connection);
    }

    private SmtpOutcome send(MimeMessage message, InternetAddress[] envelope, Connection connection) {
        StagedTransport transport = connection.transport;
        transport.begin();
        try {
            transport.sendMessage(message, envelope);
            return new SmtpOutcome.Sent(transport.getLastServerResponse());
        } catch (MessagingException e) {
            List<Address> refusedCopies = transport.stage() == StagedTransport.Stage.RECIPIENTS
                    ? SmtpFailure.refusedCopies(e, envelope[0])
                    : List.of();
            if (!refusedCopies.isEmpty()) {
                return send(message, without(envelope, refusedCopies), connection);
            }
            return SmtpFailure.sending(e, transport.stage(), envelope[0]);
        } catch (RuntimeException e) {
            // Not even the library's own errors may leave a mail half-said on a connection that is used again.
            log.warn("Sending failed at stage {}", transport.stage(), e);
            return switch (transport.stage()) {
                case END -> new SmtpOutcome.Uncertain("The product failed after the mail was handed over: " + e);
                case ACCEPTED -> new SmtpOutcome.Sent(String.valueOf(e.getMessage()));
                default -> new SmtpOutcome.Later(String.valueOf(e), true);
            };
        }
    }

    private static InternetAddress[] without(InternetAddress[] envelope, List<Address> refused) {
        return Arrays.stream(envelope)
                .filter(address -> !refused.contains(address))
                .toArray(InternetAddress[]::new);
    }

    private static boolean usable(SmtpOutcome outcome) {
        return outcome instanceof SmtpOutcome.Sent
                || outcome instanceof SmtpOutcome.RecipientRefused
                || outcome instanceof SmtpOutcome.MessageRefused
                || (outcome instanceof SmtpOutcome.Later later && !later.connectionLost());
    }

    private Connection take(Mailbox mailbox) throws CannotConnect {
        Deque<Connection> waiting = idle.get(new Key(mailbox.id(), mailbox.version()));
        Connection connection;
        while (waiting != null && (connection = poll(waiting)) != null) {
            boolean fresh = System.nanoTime() - connection.usedAt < IDLE_NANOS;
            if (fresh && connection.transport.isConnected()) {
                return connection;
            }
            connection.close();
        }
        return connect(mailbox);
    }

    private static Connection poll(Deque<Connection> waiting) {
        synchronized (waiting) {
            return waiting.pollLast();
        }
    }

    private Connection connect(Mailbox mailbox) throws CannotConnect {
        MailServer server = mailbox.smtp();
        Session session = sessions.smtp(server);
        StagedTransport transport = new StagedTransport(session, server);
        try {
            logIns.connect(transport, mailbox, server);
            return new Connection(session, transport);
        } catch (MessagingException e) {
            throw new CannotConnect(SmtpFailure.connecting(server, e, transport.getLastReturnCode()));
        }
    }

    private void giveBack(Mailbox mailbox, Connection connection, boolean usable) {
        connection.mails++;
        if (!usable || connection.mails >= MAILS_PER_CONNECTION) {
            connection.close();
            return;
        }
        connection.usedAt = System.nanoTime();
        Deque<Connection> waiting =
                idle.computeIfAbsent(new Key(mailbox.id(), mailbox.version()), key -> new ArrayDeque<>());
        synchronized (waiting) {
            waiting.addLast(connection);
        }
    }

    /** Closes what nobody used for a while. */
    void closeIdle() {
        closeOlderThan(IDLE_NANOS);
    }

    private void closeOlderThan(long nanos) {
        List<Connection> old = new ArrayList<>();
        for (Deque<Connection> waiting : idle.values()) {
            synchronized (waiting) {
                waiting.removeIf(connection -> System.nanoTime() - connection.usedAt >= nanos && old.add(connection));
            }
        }
        old.forEach(Connection::close);
    }

    @Override
    public void destroy() {
        closeOlderThan(0);
    }

    private static final class CannotConnect extends Exception {

        private final transient SmtpOutcome outcome;

        CannotConnect(SmtpOutcome outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }
    }
}
