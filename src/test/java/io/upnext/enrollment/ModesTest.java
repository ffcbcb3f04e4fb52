package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.engine.check.InvariantCheck;
import io.upnext.security.CurrentUser;
import io.upnext.security.Role;
import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Classic and Smart sequences, as the engine runs them. */
@UpnextTest
class ModesTest {

    private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");

    private final Journey journey;
    private final StepRuns stepRuns;
    private final EnrollmentSteering steering;
    private final TestUsers users;
    private final TestMail mail;
    private final Api api;
    private final MutableClock clock;
    private final InvariantCheck check;
    private final JdbcClient jdbc;
    private final List<SequenceId> sequences = new ArrayList<>();
    private SalesTeam team;
    private String template;

    ModesTest(
            @Autowired Journey journey,
            @Autowired StepRuns stepRuns,
            @Autowired EnrollmentSteering steering,
            @Autowired TestUsers users,
            @Autowired TestMail mail,
            @Autowired Api api,
            @Autowired InvariantCheck check,
            @Autowired JdbcClient jdbc,
            @Autowired MutableClock clock) {
        this.journey = journey;
        this.stepRuns = stepRuns;
        this.steering = steering;
        this.users = users;
        this.mail = mail;
        this.api = api;
        this.check = check;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
        template = journey.template(team);
    }

    @AfterEach
    void everythingIsInOrder() {
        nothingIsBroken();
    }

    @Test
    void a_classic_sequence_does_each_step_on_its_day_whoever_is_slow() {
        LocalDate dayOne = atHalfPastNineInIndia();
        SequenceId sequence = classic("""
                {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s", "day": 1},
                {"id": "call", "type": "PHONE_CALL", "name": "Call", "day": 1},
                {"id": "rich", "type": "TASK", "name": "Visit", "day": 2, "when": %s},
                {"id": "rate", "type": "UPDATE_FIELD", "name": "Rate", "field": "budget", "value": "CAN_BUY", "day": 3},
                {"id": "poor", "type": "TASK", "name": "Offer", "day": 4, "when": %s}
                """.formatted(template, canBuy(), canBuy()));
        RecordId lead = journey.lead(team);

        EnrollmentId enrollment = journey.connect(team, sequence, lead);
        assertThat(journey.path(enrollment)).isEmpty();
        journey.advance(Duration.ofDays(5));

        assertThat(journey.path(enrollment))
                .containsExactly(
                        "intro:DONE:SENT", "call:OPEN", "rich:SKIPPED:CONDITION", "rate:DONE:UPDATED", "poor:OPEN");
        assertThat(stepRuns.of(enrollment).stream().map(run -> on(run.enteredAt())))
                .containsExactly(on(dayOne, 1), on(dayOne, 1), on(dayOne, 2), on(dayOne, 3), on(dayOne, 4));
        assertThat(mail.at(journey.addressOf(lead))).hasSize(1);
        complete(enrollment, "poor");
        assertThat(journey.enrollment(enrollment).ended()).isFalse();
        complete(enrollment, "call");
        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Enrollment.Reason.COMPLETED);
    }

    @Test
    void a_mail_that_waits_goes_on_although_the_step_beside_it_is_done_meanwhile() {
        atHalfPastNineInIndia();
        SequenceId sequence = active("""
                "mode": "CLASSIC", "schedule": {"at": "09:30", "timeZone": "Asia/Kolkata"},
                "options": {"window": {"days": ["MONDAY"], "from": "09:00", "to": "10:00", "zone": "RECIPIENT"}},
                "steps": [{"id": "call", "type": "PHONE_CALL", "name": "Call", "day": 1},
                          {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s", "day": 1},
                          {"id": "visit", "type": "TASK", "name": "Visit", "day": 2},
                          {"id": "offer", "type": "TASK", "name": "Offer", "day": 4}]
                """.formatted(template));
        EnrollmentId enrollment = journey.connect(team, sequence, journey.lead(team, Map.of("timeZone", "UTC")));
        journey.advance(Duration.ofHours(25));
        assertThat(journey.path(enrollment)).containsExactly("call:OPEN", "intro:WAITING");

        complete(enrollment, "call");
        nothingIsBroken();
        journey.advance(Duration.ofDays(12));

        assertThat(journey.path(enrollment))
                .containsExactly("call:DONE:CONNECTED", "intro:DONE:SENT", "visit:OPEN", "offer:OPEN");
        StepRun intro = stepRuns.of(enrollment).get(1);
        LocalDate next = on(intro.finishedAt()).toLocalDate().plusDays(1);
        assertThat(stepRuns.of(enrollment).stream().skip(2).map(run -> on(run.enteredAt())))
                .as("days that passed meanwhile move those after them along")
                .containsExactly(on(next, 1), on(next, 3));
    }

    @Test
    void a_classic_sequence_advances_once_nothing_is_open_asked_again_each_day() {
        LocalDate dayOne = atHalfPastNineInIndia();
        SequenceId target = smart("{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}");
        SequenceId sequence = classic("""
                {"id": "call", "type": "PHONE_CALL", "name": "Call", "day": 1},
                {"id": "on", "type": "ADVANCE", "name": "On", "sequence": "%s", "day": 2}
                """.formatted(target));
        EnrollmentId enrollment = journey.connect(team, sequence, journey.lead(team));
        journey.advance(Duration.ofDays(3));
        assertThat(journey.path(enrollment)).containsExactly("call:OPEN");

        complete(enrollment, "call");
        journey.advance(Duration.ofDays(2));

        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Enrollment.Reason.ADVANCED);
        assertThat(on(journey.enrollment(enrollment).endedAt())).isEqualTo(on(dayOne, 4));
        assertThat(journey.path(journey.enrollment(enrollment).next()))
                .as("the first run is at half past nine, which it is")
                .containsExactly("meet:OPEN");
    }

    @Test
    void a_pause_moves_the_days_by_the_times_it_spans_and_an_exit_ends_everything() {
        LocalDate dayOne = atHalfPastNineInIndia();
        SequenceId sequence = classic("""
                {"id": "call", "type": "PHONE_CALL", "name": "Call", "day": 1},
                {"id": "visit", "type": "TASK", "name": "Visit", "day": 3},
                {"id": "offer", "type": "TASK", "name": "Offer", "day": 9}
                """);
        EnrollmentId enrollment = journey.connect(team, sequence, journey.lead(team));
        journey.advance(Duration.ofHours(30));
        act(enrollment, EnrollmentAction.PAUSE);
        journey.advance(Duration.ofHours(50));
        assertThat(journey.path(enrollment)).containsExactly("call:OPEN");
        assertThat(waitsFor(enrollment))
                .hasToString("[{\"kind\":\"DAY\",\"step\":\"visit\",\"name\":\"Visit\",\"day\":3}]");

        act(enrollment, EnrollmentAction.RESUME);
        journey.advance(Duration.ofDays(4));

        assertThat(journey.path(enrollment)).containsExactly("call:OPEN", "visit:OPEN");
        assertThat(on(stepRuns.of(enrollment).get(1).enteredAt())).isEqualTo(on(dayOne, 5));
        JsonNode upNext = api.as(team.seller())
                .get("/records/leads/" + journey.enrollment(enrollment).record() + "/up-next")
                .body()
                .at("/enrollments/0");
        assertThat(upNext.at("/current").findValuesAsText("id")).contains("call", "visit");
        assertThat(upNext.at("/coming/0/step/id").asText()).isEqualTo("offer");
        assertThat(on(OffsetDateTime.parse(upNext.at("/coming/0/plannedAt").asText())
                        .toInstant()))
                .isEqualTo(on(dayOne, 11));
        assertThat(upNext.get("left").asInt()).isEqualTo(3);
        assertThat(waitsFor(enrollment).at("/0/at")).isEqualTo(upNext.at("/coming/0/plannedAt"));
        var visitor = api.visit(team.seller());
        RecordId record = journey.enrollment(enrollment).record();
        assertThat(visitor.get("/sequences/" + sequence + "/enrollments-panel").text())
                .contains(">Call<", ">Visit<", "Day 9: Offer, on ");
        assertThat(visitor.get("/records/leads/" + record + "/up-next").text()).contains("Day 9: Offer, on ");
        act(enrollment, EnrollmentAction.DISCONNECT);
        assertThat(journey.path(enrollment)).containsExactly("call:CANCELLED", "visit:CANCELLED");
        journey.advance(Duration.ofDays(10));
        assertThat(journey.path(enrollment)).hasSize(2);
    }

    @Test
    void a_smart_sequence_runs_the_first_step_whose_condition_holds() {
        LocalDate first = atHalfPastNineInIndia();
        SequenceId sequence = smart("""
                {"id": "clicked", "type": "TASK", "name": "Ring", "when":
                    {"all": [{"field": "lastEmail.clicked", "op": "EQUALS", "value": true}]}},
                {"id": "hello", "type": "AUTOMATED_EMAIL", "name": "Hello", "template": "%s"},
                {"id": "again", "type": "TASK", "name": "Again", "repeat": true}
                """.formatted(template));
        RecordId lead = journey.lead(team);

        EnrollmentId enrollment = journey.connect(team, sequence, lead);
        journey.advance(Duration.ofDays(4));
        assertThat(journey.path(enrollment)).containsExactly("hello:DONE:SENT", "again:OPEN");
        journey.advance(Duration.ofDays(2));
        assertThat(journey.path(enrollment)).as("an open step opens once").hasSize(2);
        assertThat(waitsFor(enrollment).findValuesAsText("kind")).containsExactly("RUN");
        click(lead);
        complete(enrollment, "again");
        journey.advance(Duration.ofDays(4));

        assertThat(journey.path(enrollment))
                .containsExactly("hello:DONE:SENT", "again:DONE:COMPLETED", "clicked:OPEN", "again:OPEN");
        assertThat(stepRuns.of(enrollment).stream().map(run -> on(run.enteredAt())))
                .containsExactly(on(first, 1), on(first, 3), on(first, 7), on(first, 9));
        assertThat(journey.enrollment(enrollment).ended()).isFalse();
        act(enrollment, EnrollmentAction.DISCONNECT);
        assertThat(journey.path(enrollment)).doesNotContain("again:OPEN");
        assertThat(history(enrollment)).contains("next-run", "step-hello").noneMatch(id -> id.endsWith("_turn"));
    }

    @Test
    void a_smart_sequence_ends_when_no_step_is_left_or_keeps_whom_it_shall() {
        atHalfPastNineInIndia();
        String steps = """
                {"id": "call", "type": "TASK", "name": "Call"},
                {"id": "rate", "type": "UPDATE_FIELD", "name": "Rate", "field": "budget", "value": "CAN_BUY"}
                """;
        EnrollmentId ending = journey.connect(team, smart(steps), journey.lead(team));
        SequenceId keeping = active("""
                "mode": "SMART", "schedule": {"every": {"hours": 5}, "at": "09:30", "timeZone": "Asia/Kolkata"},
                "options": {"exitWhenDone": false}, "steps": [%s]
                """.formatted(steps));
        EnrollmentId kept = journey.connect(team, keeping, journey.lead(team));

        journey.advance(Duration.ofDays(4));
        complete(ending, "call");
        complete(kept, "call");

        assertThat(journey.path(ending)).containsExactly("call:DONE:COMPLETED", "rate:DONE:UPDATED");
        assertThat(journey.enrollment(ending).reason()).isEqualTo(Enrollment.Reason.COMPLETED);
        assertThat(journey.enrollment(kept).state()).isEqualTo(Enrollment.State.CONNECTED);
        assertThat(waitsFor(kept).findValuesAsText("kind")).containsExactly("NEW_STEPS");
        act(kept, EnrollmentAction.DISCONNECT);
        assertThat(journey.enrollment(kept).reason()).isEqualTo(Enrollment.Reason.USER);
    }

    @Test
    void whoever_starts_at_a_step_has_it_first() {
        LocalDate dayOne = atHalfPastNineInIndia();
        String steps = """
                {"id": "call", "type": "TASK", "name": "Call" %1$s},
                {"id": "visit", "type": "TASK", "name": "Visit" %2$s},
                {"id": "offer", "type": "TASK", "name": "Offer" %3$s}
                """;
        SequenceId classic = classic(steps.formatted(", \"day\": 2", ", \"day\": 5", ", \"day\": 7"));
        SequenceId smart = smart(steps.formatted("", "", ""));
        EnrollmentId onDays = startAtVisit(classic);
        EnrollmentId onRuns = startAtVisit(smart);

        journey.advance(Duration.ofDays(4));

        assertThat(journey.path(onDays)).containsExactly("visit:OPEN", "offer:OPEN");
        assertThat(journey.path(onRuns)).containsExactly("visit:OPEN", "offer:OPEN");
        assertThat(stepRuns.of(onDays).stream().map(run -> on(run.enteredAt())))
                .containsExactly(on(dayOne, 1), on(dayOne, 3));
    }

    private EnrollmentId startAtVisit(SequenceId sequence) {
        RecordId lead = journey.lead(team);
        api.as(team.manager())
                .post(
                        "/sequences/" + sequence + "/enrollments",
                        Map.of("recordIds", List.of(lead.toString()), "startAtStep", "visit"));
        journey.run();
        String list = "/sequences/" + sequence + "/enrollments";
        return EnrollmentId.of(
                api.as(team.manager()).get(list).body().at("/items/0/id").asText());
    }

    private void nothingIsBroken() {
        CurrentUser administrator = users.caller(users.with(users.unit().id(), Role.ADMINISTRATOR));
        sequences.forEach(sequence ->
                assertThat(check.run(administrator, sequence).findings()).isEmpty());
    }

    private List<String> history(EnrollmentId enrollment) {
        return jdbc.sql("select act_id_ from act_hi_actinst where proc_inst_id_ = ?")
                .param(journey.enrollment(enrollment).processInstanceId())
                .query(String.class)
                .list();
    }

    private SequenceId active(String members) {
        SequenceId sequence = journey.active(team, members);
        sequences.add(sequence);
        return sequence;
    }

    private SequenceId classic(String steps) {
        return active("""
                "mode": "CLASSIC", "schedule": {"at": "09:30", "timeZone": "Asia/Kolkata"}, "steps": [%s]
                """.formatted(steps));
    }

    private SequenceId smart(String steps) {
        return active("""
                "mode": "SMART", "schedule": {"every": {"days": 2}, "at": "09:30", "timeZone": "Asia/Kolkata"},
                "steps": [%s]
                """.formatted(steps));
    }

    private static String canBuy() {
        return "{\"all\": [{\"field\": \"budget\", \"op\": \"EQUALS\", \"value\": \"CAN_BUY\"}]}";
    }

    /** An hour before it; answers the date of day 1. */
    private LocalDate atHalfPastNineInIndia() {
        ZonedDateTime tomorrow = clock.instant().atZone(INDIA).plusDays(1).with(LocalTime.of(8, 30));
        clock.set(tomorrow.toInstant());
        return tomorrow.toLocalDate();
    }

    private static ZonedDateTime on(Instant instant) {
        return instant.atZone(INDIA);
    }

    private static ZonedDateTime on(LocalDate dayOne, int day) {
        return dayOne.plusDays(day - 1L).atTime(9, 30).atZone(INDIA);
    }

    private void complete(EnrollmentId enrollment, String stepId) {
        StepRun open = stepRuns.of(enrollment).stream()
                .filter(run -> run.isOpen() && run.stepId().equals(stepId))
                .findFirst()
                .orElseThrow();
        String outcome = open.type() == Step.Type.PHONE_CALL ? "CONNECTED" : null;
        stepRuns.complete(
                users.caller(team.seller()),
                open.id(),
                new Completion(team.seller().id(), outcome, null, null, false, false));
        journey.run();
    }

    private JsonNode waitsFor(EnrollmentId enrollment) {
        return api.as(team.seller()).get("/enrollments/" + enrollment).body().get("waitsFor");
    }

    private void act(EnrollmentId enrollment, EnrollmentAction action) {
        steering.act(users.caller(team.manager()), enrollment, action);
        journey.run();
    }

    private void click(RecordId lead) {
        String link = TestMail.links(mail.at(journey.addressOf(lead)).get(0)).stream()
                .filter(found -> found.contains("/t/c/"))
                .findFirst()
                .orElseThrow();
        api.anonymous()
                .with("User-Agent", "Mozilla/5.0 Firefox/140")
                .get("/" + URI.create(link).getPath());
        journey.run();
    }
}
