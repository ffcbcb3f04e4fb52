package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.UpnextTest;
import io.upnext.testing.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Enrollments that begin at another step, or later. */
@UpnextTest
class StartTest {

    private static final String COLD =
            "{\"exitWhen\": {\"all\": [{\"field\": \"rating\", \"op\": \"EQUALS\", \"value\": \"COLD\"}]}}";

    private final Journey journey;
    private final Enrollments enrollments;
    private final Records records;
    private final Api api;
    private final MutableClock clock;
    private SalesTeam team;
    private SequenceId sequence;

    StartTest(
            @Autowired Journey journey,
            @Autowired Enrollments enrollments,
            @Autowired Records records,
            @Autowired Api api,
            @Autowired MutableClock clock) {
        this.journey = journey;
        this.enrollments = enrollments;
        this.records = records;
        this.api = api;
        this.clock = clock;
    }

    @BeforeEach
    void aSequence() {
        team = journey.team();
        sequence = journey.sequence(team, """
                [{"id": "call", "type": "PHONE_CALL", "name": "Call"},
                 {"id": "reached", "type": "CONDITION", "test": {"call": ["CONNECTED"]},
                  "yes": [{"id": "rest", "type": "WAIT", "days": 1}, {"id": "good", "type": "TASK", "name": "Good"}],
                  "no": [{"id": "bad", "type": "TASK", "name": "Bad"}]}]
                """, COLD);
    }

    @Test
    void one_may_start_in_the_middle_of_a_branch_and_at_a_condition_but_nowhere_else() {
        assertThat(journey.path(start("bad", null))).containsExactly("bad:OPEN");
        assertThat(journey.path(start("reached", null))).containsExactly("reached:DONE:NO", "bad:OPEN");
        EnrollmentId resting = start("rest", null);
        assertThat(journey.path(resting)).containsExactly("rest:WAITING");
        act(resting, "end-wait", 200);
        journey.run();
        assertThat(journey.path(resting)).containsExactly("rest:DONE", "good:OPEN");

        Api.Answer unknown = ask(journey.lead(team), Map.of("startAtStep", "nowhere"));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text()).contains("start-step", "nowhere");
        assertThat(ask(journey.lead(team), Map.of("wait", Map.of("hours", 9_000)))
                        .status())
                .isEqualTo(422);
        assertThat(ask(journey.lead(team), Map.of("wait", Map.of("days", -1))).status())
                .isEqualTo(422);
    }

    @Test
    void the_page_starts_later_and_at_a_step_and_steers_many_at_once() {
        String base = "/sequences/" + sequence;
        RecordId first = journey.lead(team);
        RecordId second = journey.lead(team);
        Visitor page = api.visit(team.manager());
        page.get("/work");

        assertThat(page.get(base + "/connect").text())
                .contains("Begin at", "value=\"bad\"", "Condition: Connected", "Wait 1 day");
        assertThat(page.post(base + "/connect", "recordIds", first.toString(), "waitDays", "many")
                        .text())
                .contains("whole numbers");
        assertThat(page.post(base + "/connect", "recordIds", first.toString(), "startAtStep", "nowhere")
                        .text())
                .contains("no step &#39;nowhere&#39;");
        page.post(base + "/connect", "recordIds", first.toString(), "waitHours", "5", "startAtStep", "bad");
        page.post(base + "/connect", "recordIds", second.toString(), "startAtStep", "rest");
        journey.run();

        EnrollmentId later = enrollments.ofRecord(first).get(0).id();
        EnrollmentId resting = enrollments.ofRecord(second).get(0).id();
        assertThat(journey.enrollment(later).state()).isEqualTo(State.CONNECTING);
        assertThat(journey.path(resting)).containsExactly("rest:WAITING");

        assertThat(page.get(base + "/enrollments-panel").text()).contains("id=\"at-once\"", "value=\"" + later + "\"");
        // Whatever stood inside the form would ask its question each time it asks how far it is
        assertThat(Jsoup.parse(page.get(base + "/enrollments-panel").text()).select("#at-once-progress"))
                .hasSize(1)
                .noneMatch(progress -> progress.closest("form") != null);
        atOnce(page, "PAUSE", "all", "true");
        assertThat(states(later, resting)).containsOnly(State.PAUSED);
        atOnce(page, "RESUME", "all", "true", "shown", "PAUSED");
        assertThat(states(later, resting)).containsExactly(State.CONNECTING, State.CONNECTED);
        atOnce(page, "END_WAIT", "ids", resting.toString());
        assertThat(journey.path(resting)).containsExactly("rest:DONE", "good:OPEN");
        atOnce(page, "DISCONNECT", "ids", later.toString(), "ids", resting.toString());
        assertThat(states(later, resting)).containsOnly(State.DISCONNECTED);
        assertThat(page.post(base + "/enrollments-at-once", "action", "PAUSE").text())
                .contains("Choose at least one record");
    }

    @Test
    void a_records_page_connects_pauses_ends_the_wait_and_disconnects() {
        RecordId lead = journey.lead(team);
        Visitor page = api.visit(team.manager());
        String base = "/records/leads/" + lead + "/up-next";
        assertThat(page.get("/records/leads/" + lead).status()).isEqualTo(200);

        assertThat(page.get(base).text()).contains("Connect to a sequence", "value=\"" + sequence + "\"");
        page.post(base + "/connect", "sequence", sequence.toString());
        journey.run();
        EnrollmentId entered = enrollments.ofRecord(lead).get(0).id();
        assertThat(page.post(base + "/connect", "sequence", sequence.toString()).text())
                .contains("connected to this sequence already");
        assertThat(page.post(base + "/" + entered + "/pause").text()).contains("Resume");
        assertThat(states(entered)).containsExactly(State.PAUSED);
        assertThat(page.post(base + "/" + entered + "/resume").text()).contains("Pause");
        page.post(base + "/" + entered + "/disconnect");
        assertThat(states(entered)).containsExactly(State.DISCONNECTED);

        ask(lead, Map.of("startAtStep", "rest"));
        journey.run();
        EnrollmentId resting = enrollments.ofRecord(lead).stream()
                .filter(enrollment -> !enrollment.ended())
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(page.get(base).text()).contains("End the wait", "Wait 1 day");
        assertThat(page.get(base + "?lang=de").text()).contains("1 Tag warten");
        assertThat(page.get("/sequences/" + sequence + "/enrollments-panel?lang=en")
                        .text())
                .contains("Wait 1 day");
        assertThat(api.as(team.manager())
                        .get("/records/leads/" + lead + "/up-next")
                        .text())
                .contains("\"name\":\"rest\"")
                .doesNotContain("\"described\"", "WAIT 1");
        page.post(base + "/" + resting + "/end-wait");
        journey.run();
        assertThat(journey.path(resting)).containsExactly("rest:DONE", "good:OPEN");
        assertThat(page.get(base).text()).doesNotContain("End the wait");

        api.as(team.seller()).post("/step-runs/" + journey.open(resting).id() + "/complete", Map.of("note", "Nice"));
        assertThat(page.get("/records/leads/" + lead + "?lang=en").text())
                .contains("Step done: Good Nice")
                .doesNotContain("step.completed");
    }

    private void atOnce(Visitor page, String action, String... more) {
        List<String> fields = new ArrayList<>(List.of("action", action));
        fields.addAll(List.of(more));
        assertThat(page.post("/sequences/" + sequence + "/enrollments-at-once", fields.toArray(String[]::new))
                        .text())
                .contains("done");
        journey.run();
    }

    private List<State> states(EnrollmentId... ids) {
        return Stream.of(ids).map(id -> journey.enrollment(id).state()).toList();
    }

    @Test
    void until_the_wait_is_over_it_is_connecting_and_a_pause_moves_its_start() {
        EnrollmentId waiting = start("bad", Map.of("days", 1, "hours", 2));
        EnrollmentId paused = start(null, Map.of("days", 1));
        Instant begun = clock.instant();
        assertThat(journey.enrollment(waiting).startAt()).isEqualTo(begun.plus(Duration.ofHours(26)));
        assertThat(journey.enrollment(waiting).processInstanceId()).isNull();
        assertThat(enrollments.countByState(sequence)).isEqualTo(Map.of(State.CONNECTING, 2L));
        act(waiting, "end-wait", 409);

        journey.advance(Duration.ofHours(20));
        act(paused, "pause", 200);
        journey.advance(Duration.ofHours(30));
        assertThat(journey.path(waiting)).containsExactly("bad:OPEN");
        assertThat(journey.open(waiting).enteredAt()).isEqualTo(begun.plus(Duration.ofHours(26)));
        assertThat(journey.path(paused)).isEmpty();
        act(paused, "resume", 200);
        assertThat(journey.enrollment(paused).state()).isEqualTo(State.CONNECTING);
        journey.advance(Duration.ofHours(3));
        assertThat(journey.path(paused)).isEmpty();
        journey.advance(Duration.ofHours(2));
        assertThat(journey.path(paused)).containsExactly("call:OPEN");
    }

    @Test
    void whatever_ends_it_before_it_has_begun_ends_it_for_good() {
        EnrollmentId byHand = start(null, Map.of("days", 1));
        RecordId closing = journey.lead(team);
        EnrollmentId closed = start(closing, null, Map.of("days", 1));
        RecordId cooling = journey.lead(team);
        EnrollmentId cold = start(cooling, null, Map.of("days", 1));

        act(byHand, "disconnect", 200);
        records.update(closing, Map.of(), null, "QUALIFIED", Actor.SYSTEM);
        records.update(cooling, Map.of("rating", "COLD"), null, null, Actor.SYSTEM);
        journey.advance(Duration.ofDays(2));

        assertThat(journey.enrollment(byHand).reason()).isEqualTo(Reason.USER);
        assertThat(journey.enrollment(closed).reason()).isEqualTo(Reason.RECORD_CLOSED);
        assertThat(journey.enrollment(cold).reason()).isEqualTo(Reason.CRITERIA_MET);
        assertThat(List.of(byHand, closed, cold))
                .allSatisfy(id -> assertThat(journey.path(id)).isEmpty());
    }

    private EnrollmentId start(String at, Map<String, Integer> wait) {
        return start(journey.lead(team), at, wait);
    }

    private EnrollmentId start(RecordId lead, String at, Map<String, Integer> wait) {
        Map<String, Object> how = new HashMap<>();
        how.put("startAtStep", at);
        how.put("wait", wait);
        Api.Answer answer = ask(lead, how);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        journey.run();
        return enrollments.ofRecord(lead).get(0).id();
    }

    private Api.Answer ask(RecordId lead, Map<String, Object> how) {
        Map<String, Object> body = new HashMap<>(how);
        body.put("recordIds", List.of(lead.toString()));
        return api.as(team.manager()).post("/sequences/" + sequence + "/enrollments", body);
    }

    private void act(EnrollmentId id, String action, int status) {
        assertThat(api.as(team.manager())
                        .post("/enrollments/" + id + "/" + action, Map.of())
                        .status())
                .isEqualTo(status);
    }
}
