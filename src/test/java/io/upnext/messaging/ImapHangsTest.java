package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.receiving.ImpatientReceiving;
import io.upnext.messaging.receiving.Listeners;
import io.upnext.messaging.receiving.Poller;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** IMAP servers that hang, drip or never end, at every stage of the conversation: given up, read later, alone. */
@UpnextTest
class ImapHangsTest {

    private static final Duration IMPATIENT = Duration.ofSeconds(1);
    /** So patient that the test would be over before anybody gave up. */
    private static final Duration PATIENT = Duration.ofMinutes(10);

    @Autowired
    private ApplicationContext product;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private JdbcClient jdbc;

    private final List<Case> cases = new ArrayList<>();

    private record Case(String how, FaultyImap server, Mailbox mailbox) {}

    @AfterEach
    void takenDown() {
        for (Case each : cases) {
            each.server().close();
            jdbc.sql("update mailbox set imap = null where id = ?")
                    .param(each.mailbox().id().value())
                    .update();
        }
    }

    /** A mailbox with one message, at a server of its own. */
    private Case at(String how, Consumer<FaultyImap> fault) {
        FaultyImap server = new FaultyImap();
        Mailbox mailbox = mail.mailboxOf(users.seller());
        jdbc.sql("update mailbox set imap = jsonb_set(imap, '{port}', to_jsonb(?::int)) where id = ?")
                .params(server.port(), mailbox.id().value())
                .update();
        Case made = new Case(how, server, mailbox);
        arrives(made, "first");
        fault.accept(server);
        cases.add(made);
        return made;
    }

    private void arrives(Case at, String subject) {
        mail.deliver(
                at.mailbox().address(),
                "From: a@prospect.example\r\nMessage-ID: <" + TestUsers.next(subject)
                        + "@prospect.example>\r\nSubject: " + subject + "\r\n\r\nText of " + subject + "\r\n");
    }

    private static void behave(FaultyImap server) {
        server.told = line -> line;
        server.instead = command -> null;
    }

    private static Consumer<FaultyImap> answers(String command, String answer) {
        return server -> server.instead = said -> said.startsWith(command) ? answer : null;
    }

    private static void saysNothing(FaultyImap server) {
        server.told = line -> null;
    }

    private static void stopsInTheMiddleOfTheMessage(FaultyImap server) {
        boolean[] stopped = new boolean[1];
        server.told = line -> {
            stopped[0] |= line.startsWith("Subject:");
            return stopped[0] ? null : line;
        };
    }

    private int stored(Case of) {
        return jdbc.sql("select count(*) from inbound_mail where mailbox = ? and raw is not null")
                .param(of.mailbox().id().value())
                .query(Integer.class)
                .single();
    }

    private String error(Case of) {
        return jdbc.sql("select coalesce(error, '') from mailbox_cursor where mailbox = ?")
                .param(of.mailbox().id().value())
                .query(String.class)
                .optional()
                .orElse("");
    }

    private static ConditionFactory await() {
        return Awaitility.await().dontCatchUncaughtExceptions().atMost(Duration.ofMinutes(1));
    }

    @Test
    void whereverAServerHangsItIsGivenUpAndReadOnceItWorks() throws InterruptedException {
        at("greeting", ImapHangsTest::saysNothing);
        at("log-in", answers("LOGIN", ""));
        at("opening", answers("EXAMINE", ""));
        at("message", ImapHangsTest::stopsInTheMiddleOfTheMessage);
        at("drip", answers("EXAMINE", FaultyImap.DRIP));
        at("endless", answers("EXAMINE", FaultyImap.ENDLESS_LINE));
        ExecutorService threads = Executors.newFixedThreadPool(cases.size());
        try (ImpatientReceiving impatient = new ImpatientReceiving(product, IMPATIENT, 0)) {
            Poller poller = impatient.poller();
            cases.forEach(
                    each -> threads.execute(() -> poller.fetch(each.mailbox().id())));
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThat(cases).allSatisfy(each -> {
                assertThat(error(each)).as(each.how()).isNotEmpty();
                assertThat(stored(each)).as(each.how()).isZero();
            });
            assertThat(error(cases.get(0))).contains("does not answer in time");

            for (Case each : cases) {
                behave(each.server());
                // What was passed over is tried again later, and real time does not wait for a test.
                jdbc.sql("update inbound_failure set next_try_at = next_try_at - interval '1 day' where mailbox = ?")
                        .param(each.mailbox().id().value())
                        .update();
                poller.fetch(each.mailbox().id());
                assertThat(stored(each)).as(each.how()).isEqualTo(1);
                assertThat(error(each)).as(each.how()).isEmpty();
            }
        }
    }

    @Test
    void whoListensToAServerThatHangsHoldsUpNobodyAndListensAgain() {
        Case falls = at("falls silent", server -> {});
        Case healthy = at("healthy", server -> {});
        try (ImpatientReceiving impatient = new ImpatientReceiving(product, IMPATIENT, 50)) {
            Listeners listeners = impatient.listeners();
            listen(listeners, falls, healthy);
            saysNothing(falls.server());
            await().until(() -> !error(falls).isEmpty());
            arrives(falls, "meanwhile");
            arrives(healthy, "at-once");
            await().until(() -> stored(healthy) == 2);
            assertThat(stored(falls)).isEqualTo(1);

            behave(falls.server());
            listen(listeners, falls);
            await().until(() -> stored(falls) == 2);
            cases.forEach(each -> listeners.stop(each.mailbox().id()));
        }
    }

    private static void listen(Listeners listeners, Case... all) {
        for (Case each : all) {
            await().until(() -> {
                listeners.listen(each.mailbox().id());
                return listeners.isListening(each.mailbox().id());
            });
        }
    }

    @Test
    void serversThatKeepHangingLeaveThreadsToTheOthers() throws InterruptedException {
        List<Case> hanging = Stream.generate(() -> at("greeting", ImapHangsTest::saysNothing))
                .limit(4)
                .toList();
        Case healthy = at("healthy", server -> {});
        onlyTheseAreDue(hanging);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ImpatientReceiving patient = new ImpatientReceiving(product, PATIENT, 0)) {
            Poller poller = patient.poller();
            for (int i = 0; i < poller.threads(); i++) {
                threads.execute(() -> {
                    while (poller.runOnce() > 0) {}
                });
            }
            await().until(() -> stored(healthy) == 1);
            assertThat(hanging.stream().filter(each -> each.server().connections() > 0))
                    .hasSize(2);

            hanging.forEach(each -> each.server().close());
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** Those that fail first of all; mailboxes of other tests have been read. */
    private void onlyTheseAreDue(List<Case> failing) {
        jdbc.sql("""
                        insert into mailbox_cursor (mailbox, next_poll_at) select id, '2100-01-01' from mailbox
                        where imap is not null on conflict (mailbox) do update set next_poll_at = excluded.next_poll_at
                        """).update();
        for (Case each : cases) {
            jdbc.sql("update mailbox_cursor set next_poll_at = ?::timestamptz, failures = ? where mailbox = ?")
                    .params(
                            failing.contains(each) ? "2000-01-01" : "2000-01-02",
                            failing.contains(each) ? 1 : 0,
                            each.mailbox().id().value())
                    .update();
        }
    }
}
