package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.sending.ImpatientSending;
import io.upnext.messaging.sending.UncertainMails;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.Records;
import io.upnext.shared.PageQuery;
import io.upnext.shared.StepRunId;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Servers that hang, break off or talk nonsense at every stage of the conversation, all at once. */
@UpnextTest
class SmtpHangsTest {

    private static final String GARBAGE = "what did you say?";

    @Autowired
    private ApplicationContext product;

    @Autowired
    private Outbox outbox;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private UncertainMails uncertain;

    @Autowired
    private MutableClock clock;

    @Autowired
    private Records records;

    @Autowired
    private TemplateCatalogue catalogue;

    @Autowired
    private JdbcClient jdbc;

    private final List<Case> cases = new ArrayList<>();
    private MailTests tests;
    private String template;

    /** A mailbox at a server of its own that misbehaves in one way, and a mail for it. */
    private record Case(String how, ScriptedSmtp server, Mailbox mailbox, StepRunId stepRun) {}

    @Autowired
    void set(List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeEach
    void aTemplate() {
        template = tests.template("Hello", "<p>Hello {{record.firstName}}</p>");
    }

    @AfterEach
    void goneForTheNextTest() {
        tests.forgetEnrollments();
        for (Case each : cases) {
            each.server().close();
            mailboxes.delete(each.mailbox().id());
        }
    }

    private Case misbehaving(String step, String how) {
        ScriptedSmtp server = new ScriptedSmtp();
        if (step != null) {
            server.on(step, how);
        }
        Person seller = users.seller();
        Mailbox mailbox = mail.mailbox(seller.user().email(), seller.id(), server.port());
        Case made =
                new Case(step + ": " + how, server, mailbox, tests.queue(tests.lead(seller), seller.id(), template));
        cases.add(made);
        return made;
    }

    private List<Case> all(List<String> steps, List<String> ways) {
        return steps.stream()
                .flatMap(step -> ways.stream().map(way -> misbehaving(step, way)))
                .toList();
    }

    private void dispatchImpatiently() throws Exception {
        try (ImpatientSending impatient = new ImpatientSending(product, Duration.ofSeconds(1))) {
            Worker dispatcher = impatient.dispatcher();
            ExecutorService threads = Executors.newFixedThreadPool(dispatcher.threads());
            // A thread that finds no lane free comes back when one is.
            while (anyDue()) {
                threads.invokeAll(Collections.nCopies(dispatcher.threads(), Executors.callable(() -> {
                    while (dispatcher.runOnce() > 0) {}
                })));
            }
            threads.shutdown();
        }
    }

    private boolean anyDue() {
        return cases.stream().anyMatch(each -> {
            Mailbox mailbox = mailboxes.find(each.mailbox().id()).orElseThrow();
            return mailbox.pausedUntil() == null && !mailbox.stopped() && untried(each.stepRun());
        });
    }

    private boolean untried(StepRunId stepRun) {
        return jdbc.sql("select state = 'QUEUED' and attempts = 0 from mail where step_run = ?")
                .param(stepRun.value())
                .query(Boolean.class)
                .single();
    }

    private static List<String> brokenWays() {
        return List.of(
                ScriptedSmtp.DROP,
                ScriptedSmtp.HANG,
                ScriptedSmtp.DRIP,
                ScriptedSmtp.ENDLESS_LINE,
                ScriptedSmtp.ENDLESS_LINES,
                GARBAGE);
    }

    @Test
    void whateverHappensBeforeTheEndOfTheDataTheMailLeavesOnceLater() throws Exception {
        List<Case> broken = all(List.of("GREETING", "AUTH", "MAIL", "RCPT", "DATA"), brokenWays());
        dispatchImpatiently();

        for (Case each : broken) {
            assertThat(tests.state(each.stepRun())).as(each.how()).isEqualTo("QUEUED");
            assertThat(tests.events(each.stepRun())).as(each.how()).isEmpty();
            assertThat(stopped(each))
                    .as(each.how() + tests.error(each.stepRun()))
                    .isFalse();
            each.server().behave();
        }
        clock.advance(Duration.ofHours(1));
        tests.dispatch();
        for (Case each : broken) {
            assertThat(tests.state(each.stepRun())).as(each.how()).isEqualTo("SENT");
            assertThat(each.server().accepted()).as(each.how()).hasSize(1);
        }
    }

    @Test
    void withoutAnAnswerToTheEndOfTheDataTheMailIsUncertainAndNeverRepeated() throws Exception {
        List<Case> broken = all(List.of("END"), brokenWays());
        Case unread = misbehaving("BODY", ScriptedSmtp.HANG);
        dispatchImpatiently();

        for (Case each : Stream.concat(broken.stream(), Stream.of(unread)).toList()) {
            assertThat(tests.state(each.stepRun())).as(each.how()).isEqualTo("UNCERTAIN");
            assertThat(tests.events(each.stepRun())).as(each.how()).containsExactly(Kind.UNCERTAIN);
            each.server().behave();
        }
        assertThat(uncertain
                        .list(users.caller(users.administrator()), PageQuery.first(500))
                        .items())
                .filteredOn(mail -> mail.cause().contains("handed over"))
                .as("by the product's clock")
                .anyMatch(mail -> mail.at().equals(clock.instant()));
        clock.advance(Duration.ofDays(3));
        tests.dispatch();
        for (Case each : broken) {
            assertThat(each.server().seen()).as(each.how()).hasSize(1);
        }
        assertThat(unread.server().seen()).isEmpty();
    }

    @Test
    void aServerThatDropsTheConnectionAfterItsAnswerHasTheMail() {
        Case drops = misbehaving("END", ScriptedSmtp.ANSWER_AND_DROP);
        StepRunId second =
                tests.queue(tests.lead(users.seller()), drops.mailbox().owner(), template);
        tests.dispatch();

        assertThat(tests.state(drops.stepRun())).isEqualTo("SENT");
        assertThat(tests.state(second)).isEqualTo("SENT");
        assertThat(drops.server().accepted()).hasSize(2);
    }

    @Test
    void manyMailboxesThatHangDelayNobodyElse() throws Exception {
        List<Case> hanging = Stream.generate(() -> misbehaving("GREETING", ScriptedSmtp.HANG))
                .limit(7)
                .toList();
        List<Case> healthy = Stream.generate(() -> misbehaving("NOTHING", "behaves"))
                .limit(5)
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        // So patient that the test would be over before the first one gave up.
        try (ImpatientSending patient = new ImpatientSending(product, Duration.ofMinutes(10))) {
            Worker dispatcher = patient.dispatcher();
            for (int i = 0; i < dispatcher.threads(); i++) {
                threads.submit(() -> {
                    while (dispatcher.runOnce() > 0) {}
                });
            }

            Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                for (Case each : healthy) {
                    assertThat(tests.state(each.stepRun())).isEqualTo("SENT");
                }
                for (Case each : hanging) {
                    assertThat(tests.state(each.stepRun())).isEqualTo("CLAIMED");
                }
            });
            hanging.forEach(each -> each.server().close());
            threads.shutdown();
            assertThat(threads.awaitTermination(2, java.util.concurrent.TimeUnit.MINUTES))
                    .isTrue();
        }
    }

    @Test
    void aServerThatBreaksOffTwiceIsLeftAloneAndHoldsNoClaims() {
        Case first = misbehaving("RCPT", ScriptedSmtp.DROP);
        List<StepRunId> more = Stream.generate(() ->
                        tests.queue(tests.lead(users.seller()), first.mailbox().owner(), template))
                .limit(5)
                .toList();
        tests.dispatch();

        assertThat(mailboxes.find(first.mailbox().id()).orElseThrow().pausedUntil())
                .isNotNull();
        assertThat(more).allSatisfy(run -> assertThat(tests.state(run)).isEqualTo("QUEUED"));
        assertThat(jdbc.sql("select count(*) from mail where mailbox = ? and attempts > 0")
                        .param(first.mailbox().id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    private boolean stopped(Case each) {
        return mailboxes.find(each.mailbox().id()).orElseThrow().stopped();
    }
}
