package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.EnrollmentAction;
import io.upnext.enrollment.EnrollmentActions;
import io.upnext.enrollment.EnrollmentSteering;
import io.upnext.enrollment.Enrollments;
import io.upnext.operation.Operations;
import io.upnext.security.CurrentUser;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.OperationId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 3,000 enrollments at a seller's step, in a wait and with a mail that waits to leave are paused, resumed and disconnected
 * by one operation each; and a tenth as many one by one, as from their own pages.
 */
@Tag("bench")
@UpnextTest
class SteerBench {

    private static final int EACH = Integer.getInteger("upnext.bench.each", 1_000);
    private static final List<EnrollmentAction> ACTIONS =
            List.of(EnrollmentAction.PAUSE, EnrollmentAction.RESUME, EnrollmentAction.DISCONNECT);

    private final Journey journey;
    private final Enrollments enrollments;
    private final EnrollmentSteering steering;
    private final EnrollmentActions actions;
    private final Operations operations;
    private final TestUsers users;
    private final JdbcClient jdbc;
    private final MutableClock clock;

    SteerBench(
            @Autowired Journey journey,
            @Autowired Enrollments enrollments,
            @Autowired EnrollmentSteering steering,
            @Autowired EnrollmentActions actions,
            @Autowired Operations operations,
            @Autowired TestUsers users,
            @Autowired JdbcClient jdbc,
            @Autowired MutableClock clock) {
        this.journey = journey;
        this.enrollments = enrollments;
        this.steering = steering;
        this.actions = actions;
        this.operations = operations;
        this.users = users;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Test
    void oneByOneAndManyAtOnce() {
        SalesTeam team = journey.team();
        CurrentUser manager = users.caller(team.manager());
        List<EnrollmentId> single = connected(team, Math.max(1, EACH / 10));
        List<EnrollmentId> many = connected(team, EACH);

        for (EnrollmentAction action : ACTIONS) {
            double alone = rate(single.size(), () -> single.forEach(id -> steering.act(manager, id, action)));
            double together = rate(many.size(), () -> {
                OperationId operation = actions.submit(
                        manager,
                        action,
                        many.stream().map(EnrollmentId::toString).toList());
                journey.run();
                assertThat(operations.progress(manager, operation).succeeded()).isEqualTo(many.size());
            });
            System.out.printf(
                    "%s: one by one %.0f a second, %d at once %.0f a second%n", action, alone, many.size(), together);
            clock.advance(Duration.ofMinutes(7));
        }

        assertThat(states(many)).containsExactly(Enrollment.State.DISCONNECTED.name());
    }

    /** A third of them at each of three steps. */
    private List<EnrollmentId> connected(SalesTeam team, int each) {
        SequenceId sequence =
                journey.sequence(team, """
                [{"id": "meet", "type": "TASK", "name": "Meet"},
                 {"id": "pause", "type": "WAIT", "days": 2},
                 {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"}]
                """.formatted(journey.template(team)), "{\"window\": " + window() + "}");
        List.of("meet", "pause", "intro").forEach(step -> {
            List<String> leads = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                leads.add(journey.lead(team).toString());
            }
            enrollments.connect(users.caller(team.manager()), sequence, leads, null, step, null);
            journey.run();
        });
        return jdbc.sql("select id from enrollment where sequence_id = ? order by id")
                .param(sequence.value())
                .query((rs, i) -> new EnrollmentId(rs.getObject(1, UUID.class)))
                .list();
    }

    /** One window a day, that does not open within the next hours. */
    private String window() {
        int hour = clock.instant().atOffset(ZoneOffset.UTC).getHour();
        int from = hour < 16 ? hour + 6 : hour - 3;
        return """
                {"days": ["1", "2", "3", "4", "5", "6", "7"], "from": "%02d:00", "to": "%02d:00", "zone": "SENDER"}
                """.formatted(from, from + 1);
    }

    private static double rate(int count, Runnable work) {
        Instant began = Instant.now();
        work.run();
        return count
                * 1000.0
                / Math.max(1, Duration.between(began, Instant.now()).toMillis());
    }

    private List<String> states(List<EnrollmentId> of) {
        return jdbc.sql("select distinct state from enrollment where id = any (?::uuid[])")
                .param(of.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                .query(String.class)
                .list();
    }
}
