package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.messaging.MailEvent;
import io.upnext.messaging.event.MailEvents;
import io.upnext.operation.Worker;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.ProblemException;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two of everything at the same moment: exactly one of them counts, and nothing is left half-done. */
@UpnextTest
class RaceTest {

    private static final int TIMES = 25;

    private final Journey journey;
    private final StepRuns stepRuns;
    private final Enrollments enrollments;
    private final Exits exits;
    private final Retries retries;
    private final Records records;
    private final TestUsers users;
    private final MailEvents mailEvents;
    private final List<Worker> workers;
    private final ManagementService management;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private SalesTeam team;
    private SequenceId sequence;

    RaceTest(
            @Autowired Journey journey,
            @Autowired StepRuns stepRuns,
            @Autowired Enrollments enrollments,
            @Autowired Exits exits,
            @Autowired Retries retries,
            @Autowired Records records,
            @Autowired TestUsers users,
            @Autowired MailEvents mailEvents,
            @Autowired List<Worker> workers,
            @Autowired ManagementService management,
            @Autowired JdbcClient jdbc,
            @Autowired MutableClock clock) {
        this.journey = journey;
        this.stepRuns = stepRuns;
        this.enrollments = enrollments;
        this.exits = exits;
        this.retries = retries;
        this.records = records;
        this.users = users;
        this.mailEvents = mailEvents;
        this.workers = workers;
        this.management = management;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @BeforeEach
    void aSequence() {
        team = journey.team();
        sequence = journey.sequence(team, """
                [{"id": "meet", "type": "TASK", "name": "Meet"}, {"id": "then", "type": "TASK", "name": "Then"}]
                """);
    }

    @Test
    void of_two_who_complete_a_step_one_succeeds_and_the_next_step_opens_once() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            EnrollmentId enrollment = journey.connect(team, sequence, journey.lead(team));
            StepRun run = journey.open(enrollment);

            List<Boolean> won = atOnce(() -> complete(run), () -> complete(run));

            assertThat(won).containsExactlyInAnyOrder(true, false);
            assertThat(journey.path(enrollment)).containsExactly("meet:DONE:COMPLETED", "then:OPEN");
        }
    }

    @Test
    void an_exit_while_a_step_completes_ends_the_enrollment_and_leaves_nothing_open() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            EnrollmentId enrollment = journey.connect(team, sequence, journey.lead(team));
            StepRun run = journey.open(enrollment);

            List<Boolean> done = atOnce(
                    () -> complete(run),
                    () -> retries.inTransaction(() -> exits.end(enrollment, Reason.REPLIED, Actor.SYSTEM)));

            assertThat(done.get(1)).isTrue();
            assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.REPLIED);
            assertThat(journey.path(enrollment)).noneMatch(step -> step.contains(":OPEN") || step.contains(":WAITING"));
        }
    }

    @Test
    void a_record_connected_by_two_at_once_is_in_the_sequence_once() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            RecordId lead = journey.lead(team);

            atOnce(() -> connect(lead), () -> connect(lead));

            assertThat(enrollments.ofRecord(lead)).hasSize(1);
        }
        assertThat(enrollments.countByState(sequence)).isEqualTo(Map.of(State.CONNECTED, (long) TIMES));
    }

    @Test
    void a_record_closed_while_a_step_completes_ends_its_enrollment() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            RecordId lead = journey.lead(team);
            EnrollmentId enrollment = journey.connect(team, sequence, lead);
            StepRun run = journey.open(enrollment);

            atOnce(() -> complete(run), () -> {
                records.update(lead, Map.of(), null, "DISQUALIFIED", Actor.SYSTEM);
                return true;
            });
            journey.run();

            assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.RECORD_CLOSED);
        }
    }

    @Test
    void a_reply_just_as_a_step_completes_has_one_outcome() throws Exception {
        replyWhileCompleting(10);
    }

    @Test
    void a_reply_just_as_a_limit_is_reached_has_one_outcome() throws Exception {
        replyAtTheLimit(10);
    }

    @Test
    @Tag("bench")
    void a_thousand_replies_just_as_steps_complete_or_limits_are_reached_have_one_outcome_each() throws Exception {
        replyWhileCompleting(500);
        replyAtTheLimit(500);
    }

    private void replyWhileCompleting(int times) throws Exception {
        SequenceId mailed = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "meet", "type": "TASK", "name": "Meet"}]
                """.formatted(journey.template(team)));
        List<EnrollmentId> connected = connected(mailed, times);
        for (EnrollmentId enrollment : connected) {
            StepRun meet = journey.open(enrollment);
            reply(enrollment);

            List<Boolean> done =
                    atOnce(() -> complete(meet), () -> worker("mail-events").runOnce() > 0);
            journey.run();

            boolean completed = done.get(0);
            assertThat(journey.enrollment(enrollment).reason())
                    .isEqualTo(completed ? Reason.COMPLETED : Reason.REPLIED);
            assertThat(journey.path(enrollment))
                    .containsExactly("intro:DONE:SENT", completed ? "meet:DONE:COMPLETED" : "meet:CANCELLED");
        }
    }

    /** No exit on reply: the limit and the reply decide one condition. */
    private void replyAtTheLimit(int times) throws Exception {
        SequenceId asking = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "replied", "type": "CONDITION", "test": {"email": {"any": ["REPLIED"]}}, "within": {"days": 2},
                  "yes": [{"id": "meet", "type": "TASK", "name": "Meet"}],
                  "no": [{"id": "write", "type": "TASK", "name": "Write"}]}]
                """.formatted(journey.template(team)), "{\"exitOnReply\": false}");
        List<EnrollmentId> connected = connected(asking, times);
        clock.set(clock.instant().plus(Duration.ofDays(2)));
        for (EnrollmentId enrollment : connected) {
            String timer = management
                    .createJobQuery()
                    .processInstanceId(journey.enrollment(enrollment).processInstanceId())
                    .timers()
                    .singleResult()
                    .getId();
            reply(enrollment);

            atOnce(() -> fire(timer), () -> worker("mail-events").runOnce() > 0);
            worker("mail-events").runOnce();
            fire(timer);

            String decided = journey.path(enrollment).get(1);
            assertThat(decided).isIn("replied:DONE:YES", "replied:DONE:NO");
            assertThat(journey.path(enrollment))
                    .containsExactly("intro:DONE:SENT", decided, decided.endsWith("YES") ? "meet:OPEN" : "write:OPEN");
        }
    }

    private List<EnrollmentId> connected(SequenceId mailed, int times) {
        List<EnrollmentId> connected = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            connected.add(journey.connect(team, mailed, journey.lead(team)));
        }
        return connected;
    }

    private void reply(EnrollmentId enrollment) {
        UUID mail = jdbc.sql("select id from mail where enrollment = ?")
                .param(enrollment.value())
                .query(UUID.class)
                .single();
        mailEvents.add(MailEvents.Happened.to(new MailId(mail), MailEvent.Kind.REPLIED));
    }

    private Worker worker(String name) {
        return workers.stream()
                .filter(worker -> worker.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** As the job executor does it: what somebody else has done is well, what collides is tried again. */
    private boolean fire(String timer) {
        try {
            management.executeJob(timer);
            return true;
        } catch (RuntimeException goneOrCollided) {
            return false;
        }
    }

    @Test
    void days_that_come_while_steps_beside_them_complete_lose_neither() throws Exception {
        SequenceId days = journey.active(team, """
                "mode": "CLASSIC", "schedule": {"at": "12:00", "timeZone": "UTC"}, "steps": [
                    {"id": "meet", "type": "TASK", "name": "Meet", "day": 1},
                    {"id": "then", "type": "TASK", "name": "Then", "day": 2},
                    {"id": "last", "type": "TASK", "name": "Last", "day": 2}]
                """);
        List<EnrollmentId> all = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            all.add(journey.connect(team, days, journey.lead(team)));
        }
        journey.advance(Duration.ofHours(25));
        List<StepRun> open = all.stream().map(journey::open).toList();
        clock.set(clock.instant().plus(Duration.ofHours(24)));

        atOnce(() -> open.stream().allMatch(this::complete), () -> {
            journey.run();
            return true;
        });
        journey.advance(Duration.ofHours(2));

        for (EnrollmentId enrollment : all) {
            assertThat(journey.path(enrollment))
                    .contains("then:OPEN", "last:OPEN")
                    .hasSize(3);
            assertThat(journey.enrollment(enrollment).state()).isEqualTo(State.CONNECTED);
            stepRuns.of(enrollment).stream().filter(StepRun::isOpen).forEach(this::complete);
            assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.COMPLETED);
        }
    }

    private boolean complete(StepRun run) {
        try {
            stepRuns.complete(
                    users.caller(team.seller()),
                    run.id(),
                    new Completion(team.seller().id(), null, null, null, false, false));
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private boolean connect(RecordId lead) {
        enrollments.connect(users.caller(team.manager()), sequence, List.of(lead.toString()), null, null, null);
        journey.run();
        return true;
    }

    @SafeVarargs
    private static <T> List<T> atOnce(Callable<T>... work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(work.length);
        CyclicBarrier start = new CyclicBarrier(work.length);
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> each : work) {
            running.add(pool.submit(() -> {
                start.await();
                return each.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            results.add(each.get());
        }
        pool.shutdown();
        return results;
    }
}
