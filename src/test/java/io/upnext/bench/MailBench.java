package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.State;
import io.upnext.enrollment.Enrollments;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.SmtpSink;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * Automated-mail steps completed a second, from the engine's job to the end of the enrollment: queue, checks, rendering,
 * tracking, signature, claim and SMTP to a local sink included; against a bare loop that sends as many mails over one
 * connection to the same sink. Both in turns, in one process.
 */
@Tag("bench")
@UpnextTest
@DirtiesContext // Its workers would go on through other measurements
@TestPropertySource(properties = {"upnext.workers.enabled=true", "camunda.bpm.job-execution.enabled=true"})
class MailBench {

    private static final int MAILS = Integer.getInteger("mails", 2_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 4);

    private static final String HTML = "<p>Dear {{record.firstName}} {{record.lastName}},</p><p>a word about"
            + " {{record.company}}: <a href=\"https://example.com/offer\">our offer</a>.</p><p>{{sender.name}}</p>";

    @Autowired
    private Journey journey;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Api api;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private Records records;

    @Autowired
    private Enrollments enrollments;

    @Autowired
    private TemplateCatalogue templates;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ManagementService engine;

    @Test
    void stepsASecond() throws Exception {
        SalesTeam team = journey.team();
        String template = TestUsers.next("bench");
        templates.create(
                users.caller(team.manager()),
                new TemplateCatalogue.Draft(template, "Hello {{record.firstName}}", HTML, null, "en", RecordType.LEAD));
        List<Double> ratios = new ArrayList<>();
        try (SmtpSink sink = new SmtpSink()) {
            mailboxAt(sink, team);
            for (int round = 0; round <= ROUNDS; round++) {
                SequenceId sequence = connected(team, template);
                int before = sink.count();
                ProcessorTime spent = ProcessorTime.now(jdbc);
                double ours = perSecond(() -> run(sequence));
                int arrived = sink.count() - before;
                System.out.println(ProcessorTime.now(jdbc).since(spent, MAILS));
                double bare = perSecond(() -> bareLoop(sink.port()));
                System.out.printf(
                        "Mail, round %d: %.0f steps/s (%d arrived), bare SMTP loop %.0f/s, ratio %.3f%n",
                        round, ours, arrived, bare, ours / bare);
                assertThat(arrived).isEqualTo(MAILS);
                if (round > 0) { // The first one warms up
                    ratios.add(ours / bare);
                }
            }
            assertThat(sink.signed()).isEqualTo((ROUNDS + 1) * MAILS);
        }
        System.out.printf(
                "Mail: median ratio of %d rounds %.3f%n",
                ROUNDS,
                ratios.stream().sorted().skip(ratios.size() / 2).findFirst().orElse(0.0));
    }

    private void mailboxAt(SmtpSink sink, SalesTeam team) {
        String domain = TestUsers.next("bench") + ".example";
        mailboxes.of(team.seller().id()).ifPresent(mailboxes::delete);
        mail.mailbox("seller@" + domain, team.seller().id(), sink.port());
        Api.Caller administrator = api.as(users.administrator());
        String key = administrator
                .post("/dkim-keys", Map.of("domain", domain))
                .body()
                .path("id")
                .asText();
        administrator.put("/dkim-keys/" + key, Map.of("enabled", true));
    }

    /** Leads in a new sequence of one mail, whose jobs wait. */
    private SequenceId connected(SalesTeam team, String template) {
        SequenceId sequence = journey.sequence(
                team,
                "[{\"id\": \"intro\", \"type\": \"AUTOMATED_EMAIL\", \"name\": \"Intro\", \"template\": \"" + template
                        + "\"}]");
        engine.suspendJobDefinitionByProcessDefinitionKey("sequence-" + sequence, true);
        List<String> leads = Stream.generate(() -> lead(team)).limit(MAILS).toList();
        enrollments.connect(users.caller(team.manager()), sequence, leads, null, null, null);
        await(sequence, State.CONNECTED);
        return sequence;
    }

    private String lead(SalesTeam team) {
        return records.create(
                        RecordType.LEAD,
                        Map.of(
                                "firstName", "Ada",
                                "lastName", "Lovelace",
                                "company", "Engines",
                                "email", TestUsers.next("bench") + "@prospect.example"),
                        Principal.user(team.seller().id()),
                        "NEW",
                        Actor.SYSTEM)
                .id()
                .toString();
    }

    /** With the workers and the job executor of the product, as they are set in production. */
    private void run(SequenceId sequence) {
        engine.activateJobDefinitionByProcessDefinitionKey("sequence-" + sequence, true);
        await(sequence, State.COMPLETED);
    }

    private void await(SequenceId sequence, State state) {
        while (enrollments.countByState(sequence).getOrDefault(state, 0L) < MAILS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // Counting costs what is measured
        }
    }

    private static void bareLoop(int port) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", String.valueOf(port));
        Session session = Session.getInstance(properties);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect();
            for (int i = 0; i < MAILS; i++) {
                MimeMessage message = new MimeMessage(session);
                message.setFrom("seller@bench.example");
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

    private static double perSecond(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return MAILS / ((System.nanoTime() - start) / 1e9);
    }
}
