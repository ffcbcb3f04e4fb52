package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.record.Records;
import io.upnext.security.Role;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Records that go on from one sequence to another. */
@UpnextTest
class AdvanceTest {

    private static final String MARK =
            "{\"id\": \"mark\", \"type\": \"UPDATE_FIELD\", \"name\": \"Mark\", \"field\": \"rating\", \"value\": \"HOT\"}";
    private static final String MEET = "{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}";

    private final Journey journey;
    private final Enrollments enrollments;
    private final StepRuns stepRuns;
    private final Settings settings;
    private final Records records;
    private final TestUsers users;
    private final Api api;
    private SalesTeam team;

    AdvanceTest(
            @Autowired Journey journey,
            @Autowired Enrollments enrollments,
            @Autowired StepRuns stepRuns,
            @Autowired Settings settings,
            @Autowired Records records,
            @Autowired TestUsers users,
            @Autowired Api api) {
        this.journey = journey;
        this.enrollments = enrollments;
        this.stepRuns = stepRuns;
        this.settings = settings;
        this.records = records;
        this.users = users;
        this.api = api;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
    }

    @Test
    void a_circle_is_capped_and_whoever_solves_the_incident_may_skip_the_step() {
        SequenceId there = journey.sequence(team, "[" + MARK + "]");
        SequenceId back = journey.sequence(team, "[" + MARK + ", " + advance(there) + "]");
        revise(there, "[" + MARK + ", " + advance(back) + "]");
        settings.set(Actor.SYSTEM, "advanceHops", 3);
        RecordId lead = journey.lead(team);

        try {
            journey.connect(team, there, lead);
        } finally {
            settings.set(Actor.SYSTEM, "advanceHops", 20);
        }

        List<Enrollment> chain = enrollments.ofRecord(lead);
        assertThat(chain).hasSize(4);
        Enrollment last = chain.stream().filter(e -> !e.ended()).findFirst().orElseThrow();
        assertThat(last.state()).isEqualTo(State.ERROR);
        assertThat(last.hops()).isEqualTo(3);
        EnrollmentId walked = chain.stream()
                .filter(e -> e.previous() == null)
                .findFirst()
                .orElseThrow()
                .id();
        for (int hop = 0; hop < 3; hop++) {
            JsonNode shown =
                    api.as(team.manager()).get("/enrollments/" + walked).body();
            EnrollmentId next = EnrollmentId.of(shown.at("/nextEnrollment").asText());
            assertThat(api.as(team.manager())
                            .get("/enrollments/" + next)
                            .body()
                            .at("/previousEnrollment")
                            .asText())
                    .isEqualTo(walked.toString());
            walked = next;
        }
        assertThat(walked).isEqualTo(last.id());
        JsonNode incident = incidentOf(last.id());
        assertThat(incident.at("/cause").asText()).contains("advanced 3 times");
        assertThat(incident.at("/remedy").asText()).contains("skip");

        assertThat(api.as(team.manager())
                        .post("/step-runs/" + incident.at("/id").asText() + "/skip", Map.of("note", "Enough"))
                        .status())
                .isEqualTo(200);
        assertThat(journey.path(last.id())).containsExactly("mark:DONE:UPDATED", "on:SKIPPED:SKIPPED");
        assertThat(journey.enrollment(last.id()).reason()).isEqualTo(Reason.COMPLETED);
        assertThat(enrollments.ofRecord(lead)).allMatch(Enrollment::ended);
    }

    @Test
    void the_one_that_runs_is_paused_resumed_and_ended_and_the_ones_before_stay_as_they_are() {
        SequenceId third = journey.sequence(
                team, "[{\"id\": \"rest\", \"type\": \"WAIT\", \"name\": \"Rest\", \"days\": 2}, " + MEET + "]");
        SequenceId second = journey.sequence(team, "[" + MARK + ", " + advance(third) + "]");
        SequenceId first = journey.sequence(team, "[" + MARK + ", " + advance(second) + "]");
        RecordId lead = journey.lead(team);
        EnrollmentId outer = journey.connect(team, first, lead);
        EnrollmentId middle = journey.enrollment(outer).next();
        EnrollmentId inner = journey.enrollment(middle).next();
        assertThat(journey.path(inner)).containsExactly("rest:WAITING");
        String page = api.visit(team.manager())
                .get("/records/leads/" + lead + "/up-next?ended=true")
                .text();
        assertThat(page.split("Advanced from Sequence")).hasSize(3);
        assertThat(page.split("Advanced to Sequence")).hasSize(3);

        assertThat(api.visit(team.manager())
                        .get("/sequences/" + second + "/enrollments-panel")
                        .text())
                .contains("Advanced from Sequence", "Advanced to Sequence");

        act(inner, "pause", 200);
        act(middle, "pause", 409);
        act(outer, "disconnect", 200);
        assertThat(journey.enrollment(inner).state()).isEqualTo(State.PAUSED);
        journey.advance(Duration.ofDays(5));
        act(inner, "resume", 200);
        journey.advance(Duration.ofDays(2));
        assertThat(journey.path(inner)).containsExactly("rest:DONE", "meet:OPEN");
        api.as(team.manager()).post("/sequences/" + first + "/deactivate", Map.of("running", "DISCONNECT"));
        journey.run();
        assertThat(journey.enrollment(inner).state()).isEqualTo(State.CONNECTED);

        records.update(lead, Map.of(), null, "QUALIFIED", Actor.SYSTEM);
        journey.run();
        assertThat(journey.enrollment(inner).reason()).isEqualTo(Reason.RECORD_CLOSED);
        assertThat(List.of(journey.enrollment(outer), journey.enrollment(middle)))
                .allMatch(enrollment -> enrollment.reason() == Reason.ADVANCED);
        assertThat(enrollments.countByState(first)).isEqualTo(Map.of(State.COMPLETED, 1L));
    }

    @Test
    void a_target_that_is_not_active_or_holds_the_record_already_is_an_incident() {
        SequenceId target = journey.sequence(team, "[" + MEET + "]");
        SequenceId from = journey.sequence(team, "[" + MARK + ", " + advance(target) + "]");
        RecordId twice = journey.lead(team);
        EnrollmentId there = journey.connect(team, target, twice);
        EnrollmentId blocked = journey.connect(team, from, twice);
        assertThat(incidentOf(blocked).at("/cause").asText()).contains("already");
        act(there, "disconnect", 200);
        StepRun failed = stepRuns.of(blocked).get(1);
        stepRuns.retry(users.caller(team.manager()), failed.id());
        journey.run();
        assertThat(journey.enrollment(blocked).reason()).isEqualTo(Reason.ADVANCED);
        assertThat(journey.path(blocked))
                .containsExactly("mark:DONE:UPDATED", "on:CANCELLED:RETRIED", "on:DONE:ADVANCED");

        RecordId namesake = journey.lead(team, Map.of("email", journey.addressOf(twice)));
        enrollments.connect(users.caller(team.manager()), target, List.of(namesake.toString()), null, null, null);
        journey.run();
        assertThat(enrollments.ofRecord(namesake)).isEmpty();

        api.as(team.manager()).post("/sequences/" + target + "/deactivate", Map.of("running", "FINISH"));
        EnrollmentId stuck = journey.connect(team, from, journey.lead(team));
        assertThat(journey.enrollment(stuck).state()).isEqualTo(State.ERROR);
        assertThat(incidentOf(stuck).at("/cause").asText())
                .startsWith("The sequence to advance to, '")
                .endsWith("is not active; activate it and retry.");
        assertThat(api.as(users.with(team.seller().unit(), Role.SALESPERSON))
                        .post("/step-runs/" + incidentOf(stuck).at("/id").asText() + "/skip", Map.of())
                        .status())
                .isEqualTo(403);
        act(stuck, "disconnect", 200);
        assertThat(journey.enrollment(stuck).reason()).isEqualTo(Reason.USER);
    }

    private static String advance(SequenceId to) {
        return "{\"id\": \"on\", \"type\": \"ADVANCE\", \"name\": \"On\", \"sequence\": \"" + to + "\"}";
    }

    private void revise(SequenceId id, String steps) {
        api.as(team.manager()).post("/sequences/" + id + "/revision", Map.of());
        api.as(team.manager()).with("If-Match", "*").put("/sequences/" + id, """
                {"name": "%s", "recordType": "LEAD", "mode": "ADAPTIVE", "steps": %s}
                """.formatted(
                        TestUsers.next("Circle"), steps));
        assertThat(api.as(team.manager())
                        .post("/sequences/" + id + "/activate", Map.of("changeDescription", "a circle"))
                        .status())
                .isEqualTo(200);
    }

    private void act(EnrollmentId id, String action, int status) {
        assertThat(api.as(team.manager())
                        .post("/enrollments/" + id + "/" + action, Map.of())
                        .status())
                .isEqualTo(status);
    }

    private JsonNode incidentOf(EnrollmentId id) {
        for (JsonNode incident :
                api.as(team.manager()).get("/incidents?size=500").body().at("/items")) {
            if (incident.at("/enrollment").asText().equals(id.toString())) {
                return incident;
            }
        }
        throw new AssertionError("No incident of " + id);
    }
}
