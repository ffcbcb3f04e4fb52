package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollments;
import io.upnext.messaging.SmtpSink;
import io.upnext.messaging.receiving.Listeners;
import io.upnext.operation.Workers;
import io.upnext.shared.MailboxId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestMail.Received;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * From a reply that is handed to the mail server to the end of the enrollment, as anybody sees it, while another mailbox
 * sends as fast as it can: real workers, IDLE, replies at a steady pace whether or not those before have been noticed.
 */
@Tag("bench")
@UpnextTest
@DirtiesContext // Its workers would go on through other measurements
@TestPropertySource(properties = {"upnext.workers.enabled=true", "camunda.bpm.job-execution.enabled=true"})
class ReplyBench {

    private static final int REPLIES = Integer.getInteger("replies", 100);
    private static final int BACKLOG = Integer.getInteger("mails", 2_500);
    private static final int PAUSE_MILLIS = 100;

    @Autowired
    private Journey journey;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Listeners listeners;

    @Autowired
    private Workers workers;

    @Autowired
    private Enrollments enrollments;

    @Autowired
    private JdbcClient jdbc;

    private final Map<UUID, Long> answered = new ConcurrentHashMap<>();
    private final Map<UUID, Long> millis = new ConcurrentHashMap<>();

    @Test
    void fromReplyToExit() {
        SalesTeam team = journey.team();
        RecordId[] leads = connected(team, REPLIES);
        MailboxId mailbox = mail.mailboxOf(team.seller().id());
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> Stream.of(leads)
                .forEach(lead -> mail.only(journey.addressOf(lead))));
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try (SmtpSink sink = new SmtpSink()) {
            SalesTeam busy = stopped(sink);
            Awaitility.await().until(() -> {
                listeners.listen(mailbox);
                return listeners.isListening(mailbox);
            });
            jdbc.sql("update mailbox set stopped = false where owner = ?")
                    .param(busy.seller().id().value())
                    .update();
            workers.wakeAll();
            Awaitility.await().until(() -> sink.count() > 0);
            answerAll(pace, leads);
            watch(sink);
            assertThat(enrollments.ofRecord(leads[0]).get(0).reason()).isEqualTo(Reason.REPLIED);
        } finally {
            pace.shutdownNow();
            listeners.stop(mailbox);
        }
    }

    private RecordId[] connected(SalesTeam team, int count) {
        RecordId[] leads =
                Stream.generate(() -> journey.lead(team)).limit(count).toArray(RecordId[]::new);
        SequenceId sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "later", "type": "WAIT", "name": "Later", "days": 3},
                 {"id": "call", "type": "TASK", "name": "Call"}]
                """.formatted(journey.template(team)));
        List<String> ids = Stream.of(leads).map(RecordId::toString).toList();
        enrollments.connect(users.caller(team.manager()), sequence, ids, null, null, null);
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> queued(sequence) == count);
        return leads;
    }

    private long queued(SequenceId sequence) {
        return jdbc.sql("select count(*) from step_run where sequence_id = ? and step_id = 'intro'")
                .param(sequence.value())
                .query(Long.class)
                .single();
    }

    /** Thousands of mails of another mailbox, queued but not sent. */
    private SalesTeam stopped(SmtpSink sink) {
        SalesTeam busy = journey.team();
        jdbc.sql(
                        "update mailbox set stopped = true, smtp = jsonb_set(smtp, '{port}', to_jsonb(?::int)) where owner = ?")
                .params(sink.port(), busy.seller().id().value())
                .update();
        connected(busy, BACKLOG);
        return busy;
    }

    private void answerAll(ScheduledExecutorService pace, RecordId[] leads) {
        UUID[] ids = Stream.of(leads)
                .map(lead -> enrollments.ofRecord(lead).get(0).id().value())
                .toArray(UUID[]::new);
        Received[] sent =
                Stream.of(leads).map(lead -> mail.only(journey.addressOf(lead))).toArray(Received[]::new);
        AtomicInteger next = new AtomicInteger();
        pace.scheduleAtFixedRate(
                () -> {
                    int i = next.getAndIncrement();
                    if (i < ids.length) {
                        answered.put(ids[i], System.nanoTime());
                        mail.answer(sent[i], "Yes, call me.");
                    }
                },
                0,
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void watch(SmtpSink sink) {
        long begun = System.nanoTime();
        int before = sink.count();
        long waiting = 0;
        for (int round = 0; millis.size() < REPLIES; round++) {
            see();
            waiting = round % 50 == 0 ? Math.max(waiting, unapplied()) : waiting;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long[] sorted =
                millis.values().stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "Reply to exit: p50 %d ms, p99 %d ms, longest %d ms over %d replies in %.1f s, while %.0f mails/s left (%d of"
                        + " %d were still to go at the end) and up to %d events waited.%n",
                sorted[REPLIES / 2],
                sorted[REPLIES * 99 / 100 - 1],
                sorted[REPLIES - 1],
                REPLIES,
                seconds,
                (sink.count() - before) / seconds,
                BACKLOG - sink.count(),
                BACKLOG,
                waiting);
    }

    private void see() {
        UUID[] open =
                answered.keySet().stream().filter(id -> !millis.containsKey(id)).toArray(UUID[]::new);
        jdbc.sql("select id from enrollment where id = any(?) and ended_at is not null")
                .param(open)
                .query(UUID.class)
                .list()
                .forEach(id -> millis.put(id, (System.nanoTime() - answered.get(id)) / 1_000_000));
    }

    private long unapplied() {
        return jdbc.sql("select count(*) from mail_event where applied_at is null")
                .query(Long.class)
                .single();
    }
}
