package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.ProblemException;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

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
    private SalesTeam team;
    private SequenceId sequence;

    RaceTest(
            @Autowired Journey journey,
            @Autowired StepRuns stepRuns,
            @Autowired Enrollments enrollments,
            @Autowired Exits exits,
            @Autowired Retries retries,
            @Autowired Records records,
            @Autowired TestUsers users) {
        this.journey = journey;
        this.stepRuns = stepRuns;
        this.enrollments = enrollments;
        this.exits = exits;
        this.retries = retries;
        this.records = records;
        this.users = users;
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
