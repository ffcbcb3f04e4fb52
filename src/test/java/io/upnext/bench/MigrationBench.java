package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.MigrationRequest.DueTimes;
import io.upnext.enrollment.Migrations;
import io.upnext.operation.Operations;
import io.upnext.sequence.Activations;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
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
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 10,000 enrollments in five different steps move to another version: a seller's step, a wait, a mail that waits to leave, a
 * mail condition, a step that is removed. Mails are counted before and after: none twice, none lost.
 */
@Tag("bench")
@UpnextTest
class MigrationBench {

    private static final int EACH = Integer.getInteger("upnext.bench.each", 2_000);

    private final Journey journey;
    private final Enrollments enrollments;
    private final Migrations migrations;
    private final Operations operations;
    private final Sequences sequences;
    private final Activations activations;
    private final TestUsers users;
    private final JdbcClient jdbc;
    private final MutableClock clock;

    MigrationBench(
            @Autowired Journey journey,
            @Autowired Enrollments enrollments,
            @Autowired Migrations migrations,
            @Autowired Operations operations,
            @Autowired Sequences sequences,
            @Autowired Activations activations,
            @Autowired TestUsers users,
            @Autowired JdbcClient jdbc,
            @Autowired MutableClock clock) {
        this.journey = journey;
        this.enrollments = enrollments;
        this.migrations = migrations;
        this.operations = operations;
        this.sequences = sequences;
        this.activations = activations;
        this.users = users;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Test
    void tenThousandInFiveSteps() {
        SalesTeam team = journey.team();
        var manager = users.caller(team.manager());
        SequenceId sequence =
                journey.sequence(team, """
                [{"id": "gone", "type": "TASK", "name": "Gone"},
                 {"id": "meet", "type": "TASK", "name": "Meet"},
                 {"id": "pause", "type": "WAIT", "days": 2},
                 {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED"]}}, "within": {"days": 3},
                  "yes": [{"id": "visit", "type": "TASK", "name": "Visit"}],
                  "no": [{"id": "call", "type": "PHONE_CALL", "name": "Call"}]}]
                """.formatted(journey.template(team)), "{\"window\": " + window() + "}");
        connect(team, sequence, "intro");
        journey.advance(Duration.ofDays(1));
        List.of("gone", "meet", "pause", "intro").forEach(step -> connect(team, sequence, step));
        long sent = mails(sequence, "SENT");
        long queued = mails(sequence, "QUEUED");
        revise(team, sequence);
        assertThat(List.of(sent, queued)).containsExactly((long) EACH, (long) EACH);

        Instant began = Instant.now();
        var plan = migrations.plan(manager, wanted(sequence), PageQuery.first(50));
        Instant planned = Instant.now();
        OperationId operation = migrations.submit(manager, wanted(sequence));
        journey.run();
        Instant moved = Instant.now();

        var progress = operations.progress(manager, operation);
        assertThat(plan.total()).isEqualTo(5 * EACH);
        assertThat(progress.counts()).isEqualTo(Map.of("migrated", 5L * EACH));
        assertThat(sequences.runningByVersion(manager, sequence)).isEqualTo(Map.of(2, 5L * EACH));
        assertThat(List.of(mails(sequence, "SENT"), mails(sequence, "QUEUED"))).containsExactly(sent, queued);
        journey.advance(Duration.ofDays(5));
        assertThat(mails(sequence, "SENT")).isEqualTo(3L * EACH);
        assertThat(mails(sequence, "QUEUED")).isZero();
        assertThat(twice(sequence)).isZero();
        System.out.printf(
                "%d enrollments: plan in %d ms, moved in %d s (%d a second)%n",
                5 * EACH,
                Duration.between(began, planned).toMillis(),
                Duration.between(planned, moved).toSeconds(),
                5 * EACH * 1000L / Math.max(1, Duration.between(planned, moved).toMillis()));
    }

    private static Migrations.Wanted wanted(SequenceId sequence) {
        return new Migrations.Wanted(
                sequence,
                1,
                2,
                null,
                Map.of("gone", io.upnext.enrollment.MigrationRequest.Choice.NEXT),
                null,
                DueTimes.KEEP);
    }

    /** One window a day, that does not open within the next hours. */
    private String window() {
        int hour = clock.instant().atOffset(ZoneOffset.UTC).getHour();
        int from = hour < 16 ? hour + 6 : hour - 3;
        return """
                {"days": ["1", "2", "3", "4", "5", "6", "7"], "from": "%02d:00", "to": "%02d:00", "zone": "SENDER"}
                """.formatted(from, from + 1);
    }

    private void connect(SalesTeam team, SequenceId sequence, String step) {
        List<String> leads = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            leads.add(journey.lead(team).toString());
        }
        enrollments.connect(users.caller(team.manager()), sequence, leads, null, step, null);
        journey.run();
    }

    /** Without the first step, everything else renamed or longer. */
    private void revise(SalesTeam team, SequenceId sequence) {
        var manager = users.caller(team.manager());
        Definition before = activations.revise(manager, sequence).definition();
        List<Step> steps =
                new ArrayList<>(before.steps().subList(1, before.steps().size()));
        steps.set(1, new Step.Wait("pause", "Longer", null, null, 9, null, null));
        sequences.edit(manager, sequence, view -> {}, before.withSteps(steps));
        activations.activate(manager, sequence, "better");
    }

    private long mails(SequenceId sequence, String state) {
        return jdbc.sql("""
                        select count(*) from mail m join enrollment e on e.id = m.enrollment
                        where e.sequence_id = ? and m.state = ?
                        """).params(sequence.value(), state).query(Long.class).single();
    }

    private long twice(SequenceId sequence) {
        return jdbc.sql("""
                        select count(*) from (select m.enrollment from mail m join enrollment e on e.id = m.enrollment
                            where e.sequence_id = ? and m.state = 'SENT' group by m.enrollment having count(*) > 1) t
                        """).param(sequence.value()).query(Long.class).single();
    }
}
