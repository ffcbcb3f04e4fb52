package io.upnext.bench;

import io.upnext.messaging.MailTests;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Outbox;
import io.upnext.messaging.ScriptedSmtp;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.Records;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mails a second through queue, claim, rendering, tracking and SMTP, against a bare loop over one connection. */
@Tag("bench")
@UpnextTest
class MailBench {

    private static final int MAILS = 3_000;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    private MailTests tests;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, Outbox outbox, JdbcClient jdbc, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @Test
    void mailsASecond() throws Exception {
        try (ScriptedSmtp sink = new ScriptedSmtp()) {
            Person seller = users.seller();
            Mailbox mailbox = mail.mailbox(seller.user().email(), seller.id(), sink.port());
            String template = tests.template(
                    "Hello {{record.firstName}}",
                    "<p>Dear {{record.firstName}} {{record.lastName}},</p><p>a word about {{record.company}}: "
                            + "<a href=\"https://example.com/offer\">our offer</a>.</p><p>{{sender.name}}</p>");
            for (int i = 0; i < MAILS; i++) {
                tests.queue(tests.lead(seller), seller.id(), template);
            }
            tests.run("mail-events");
            long product = time(() -> tests.dispatchWith(6));
            long bare = time(() -> bareLoop(sink.port(), mailbox.address()));
            System.out.printf(
                    "Mail: %d mails; product %.0f/s, bare SMTP loop %.0f/s, ratio %.2f; arrived %d%n",
                    MAILS,
                    rate(product),
                    rate(bare),
                    rate(product) / rate(bare),
                    sink.accepted().size() - MAILS);
        } finally {
            tests.forgetEnrollments();
        }
    }

    private static void bareLoop(int port, String from) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", String.valueOf(port));
        Session session = Session.getInstance(properties);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            for (int i = 0; i < MAILS; i++) {
                MimeMessage message = new MimeMessage(session);
                message.setFrom(from);
                message.setRecipient(Message.RecipientType.TO, new InternetAddress("nobody@prospect.example"));
                message.setSubject("Hello");
                message.setText("<p>Dear Ada, a word about Engines.</p>".repeat(10), "utf-8", "html");
                message.saveChanges();
                transport.sendMessage(message, message.getAllRecipients());
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static long time(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private static double rate(long nanos) {
        return MAILS / (nanos / (double) Duration.ofSeconds(1).toNanos());
    }
}
