package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.messaging.Receiving;
import io.upnext.record.Records;
import io.upnext.sequence.Span;
import io.upnext.shared.Actor;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class JourneyTest {

    private final Journey journey;
    private final StepRuns stepRuns;
    private final Enrollments enrollments;
    private final EnrollmentSteering steering;
    private final TestUsers users;
    private final TestMail mail;
    private final Api api;
    private final Receiving receiving;
    private final Records records;
    private final MutableClock clock;
    private SalesTeam team;

    JourneyTest(
            @Autowired Journey journey,
            @Autowired StepRuns stepRuns,
            @Autowired Enrollments enrollments,
            @Autowired EnrollmentSteering steering,
            @Autowired TestUsers users,
            @Autowired TestMail mail,
            @Autowired Api api,
            @Autowired Receiving receiving,
            @Autowired Records records,
            @Autowired MutableClock clock) {
        this.journey = journey;
        this.stepRuns = stepRuns;
        this.enrollments = enrollments;
        this.steering = steering;
        this.users = users;
        this.mail = mail;
        this.api = api;
        this.receiving = receiving;
        this.records = records;
        this.clock = clock;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
    }

    @Test
    void a_task_waits_for_its_seller_and_completing_it_completes_the_enrollment() {
        SequenceId sequence = journey.sequence(team, "[{'id':'meet','type':'TASK','name':'Meet'}]".replace('\'', '"'));
        RecordId lead = journey.lead(team);

        EnrollmentId enrollment = journey.connect(team, sequence, lead);
        assertThat(journey.enrollment(enrollment).state()).isEqualTo(State.CONNECTED);
        assertThat(journey.open(enrollment).assignee().id())
                .isEqualTo(team.seller().id().value());
        complete(journey.open(enrollment), null);

        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.COMPLETED);
        assertThat(journey.path(enrollment)).containsExactly("meet:DONE:COMPLETED");
    }

    @Test
    void waits_end_on_the_calendar_of_the_recipient() {
        clock.set(Instant.parse("2026-03-06T09:00:00Z"));
        SequenceId sequence = journey.sequence(team, """
                [{"id": "pause", "type": "WAIT", "name": "Pause", "days": 3, "hours": 0},
                 {"id": "meet", "type": "TASK", "name": "Meet"}]
                """);
        RecordId lead = journey.lead(team, Map.of("timeZone", "America/New_York"));

        EnrollmentId enrollment = journey.connect(team, sequence, lead);
        // On 8 March the clocks of New York go forward: three days are an hour shorter there.
        journey.advance(Duration.ofHours(70));
        assertThat(journey.path(enrollment)).containsExactly("pause:WAITING");
        journey.advance(Duration.ofHours(1));

        assertThat(journey.path(enrollment)).containsExactly("pause:DONE", "meet:OPEN");
        assertThat(journey.open(enrollment).enteredAt()).isEqualTo(Instant.parse("2026-03-09T08:00:00Z"));
    }

    @Test
    void a_call_branches_on_its_outcome_and_a_skipped_one_takes_no() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "call", "type": "PHONE_CALL", "name": "Call"},
                 {"id": "connected", "type": "CONDITION", "test": {"call": ["CONNECTED"]},
                  "yes": [{"id": "good", "type": "TASK", "name": "Good"}],
                  "no": [{"id": "bad", "type": "TASK", "name": "Bad"}]}]
                """);
        EnrollmentId reached = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId busy = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId skipped = journey.connect(team, sequence, journey.lead(team));

        complete(journey.open(reached), "CONNECTED");
        complete(journey.open(busy), "BUSY");
        stepRuns.skip(users.caller(team.seller()), journey.open(skipped).id(), null);

        assertThat(journey.path(reached)).containsExactly("call:DONE:CONNECTED", "connected:DONE:YES", "good:OPEN");
        assertThat(journey.path(busy)).containsExactly("call:DONE:BUSY", "connected:DONE:NO", "bad:OPEN");
        assertThat(journey.path(skipped)).containsExactly("call:SKIPPED:SKIPPED", "connected:DONE:NO", "bad:OPEN");
    }

    @Test
    void fields_are_updated_and_asked_about() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "hot", "type": "UPDATE_FIELD", "name": "Hot", "field": "rating", "value": "HOT"},
                 {"id": "is-hot", "type": "CONDITION",
                  "test": {"field": {"all": [{"field": "rating", "op": "EQUALS", "value": "HOT"}]}},
                  "yes": [{"id": "good", "type": "TASK", "name": "Good"}], "no": []}]
                """);
        RecordId lead = journey.lead(team);

        EnrollmentId enrollment = journey.connect(team, sequence, lead);

        assertThat(journey.path(enrollment)).containsExactly("hot:DONE:UPDATED", "is-hot:DONE:YES", "good:OPEN");
        assertThat(api.as(team.seller())
                        .get("/records/leads/" + lead)
                        .body()
                        .at("/fields/rating")
                        .asText())
                .isEqualTo("HOT");
    }

    @Test
    void an_automated_mail_leaves_once_and_the_process_goes_on_when_it_has() {
        SequenceId sequence = journey.sequence(team, intro(""), "{}");
        RecordId lead = journey.lead(team);

        EnrollmentId enrollment = journey.connect(team, sequence, lead);

        assertThat(mail.only(journey.addressOf(lead)).from())
                .isEqualTo(team.seller().user().email());
        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:SENT", "opened:WAITING");
    }

    @Test
    void a_click_takes_yes_at_once_and_the_limit_takes_no() {
        SequenceId sequence = journey.sequence(team, intro(""), "{}");
        RecordId one = journey.lead(team);
        RecordId other = journey.lead(team);
        EnrollmentId clicks = journey.connect(team, sequence, one);
        EnrollmentId silent = journey.connect(team, sequence, other);

        click(mail.only(journey.addressOf(one)).html());
        journey.run();
        journey.advance(Duration.ofDays(3));

        assertThat(journey.path(clicks)).containsExactly("intro:DONE:SENT", "opened:DONE:YES", "meet:OPEN");
        assertThat(journey.path(silent)).containsExactly("intro:DONE:SENT", "opened:DONE:NO", "call:OPEN");
    }

    @Test
    void a_reply_ends_the_enrollment() {
        SequenceId sequence = journey.sequence(team, intro(""), "{}");
        RecordId lead = journey.lead(team);
        EnrollmentId enrollment = journey.connect(team, sequence, lead);

        mail.answer(mail.only(journey.addressOf(lead)), "Yes, please call me.");
        receiving.fetchNow(mail.mailboxOf(team.seller().id()));
        journey.run();

        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.REPLIED);
        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:SENT", "opened:CANCELLED");
    }

    @Test
    void a_reply_to_the_first_sequence_ends_the_one_it_has_advanced_to() {
        SequenceId second = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        SequenceId first = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "pause", "type": "WAIT", "name": "Pause", "days": 1},
                 {"id": "on", "type": "ADVANCE", "name": "On", "sequence": "%s"}]
                """.formatted(journey.template(team), second));
        RecordId lead = journey.lead(team);
        EnrollmentId from = journey.connect(team, first, lead);
        journey.advance(Duration.ofDays(2));
        EnrollmentId to = journey.enrollment(from).next();
        assertThat(journey.open(to).stepId()).isEqualTo("meet");

        mail.answer(mail.only(journey.addressOf(lead)), "Stop it.");
        receiving.fetchNow(mail.mailboxOf(team.seller().id()));
        journey.run();

        assertThat(journey.enrollment(to).reason()).isEqualTo(Reason.REPLIED);
        assertThat(journey.enrollment(from).reason()).isEqualTo(Reason.ADVANCED);
    }

    @Test
    void who_must_not_be_mailed_gets_none_and_goes_on_with_no() {
        SequenceId sequence = journey.sequence(team, intro(""), "{}");
        RecordId lead = journey.lead(team, Map.of("doNotEmail", true));

        EnrollmentId enrollment = journey.connect(team, sequence, lead);

        assertThat(mail.at(journey.addressOf(lead))).isEmpty();
        assertThat(journey.path(enrollment))
                .containsExactly("intro:SKIPPED:DO_NOT_EMAIL", "opened:DONE:NO", "call:OPEN");
    }

    @Test
    void meeting_the_exit_filter_ends_the_enrollment_before_the_next_step() {
        SequenceId sequence = journey.sequence(
                team,
                "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]",
                "{\"exitWhen\": {\"all\": [{\"field\": \"rating\", \"op\": \"EQUALS\", \"value\": \"COLD\"}]}}");
        RecordId lead = journey.lead(team);
        EnrollmentId enrollment = journey.connect(team, sequence, lead);

        records.update(lead, Map.of("rating", "COLD"), null, null, Actor.SYSTEM);
        journey.run();

        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.CRITERIA_MET);
        assertThat(journey.path(enrollment)).containsExactly("meet:CANCELLED");
    }

    @Test
    void closing_the_record_ends_its_enrollments() {
        SequenceId sequence = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        RecordId lead = journey.lead(team);
        EnrollmentId enrollment = journey.connect(team, sequence, lead);

        records.update(lead, Map.of(), null, "QUALIFIED", Actor.SYSTEM);
        journey.run();

        assertThat(journey.enrollment(enrollment).state()).isEqualTo(State.DISCONNECTED);
        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.RECORD_CLOSED);
    }

    @Test
    void advancing_ends_one_enrollment_and_begins_a_linked_one() {
        SequenceId second = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        SequenceId first = journey.sequence(team, """
                [{"id": "ask", "type": "TASK", "name": "Ask"},
                 {"id": "on", "type": "ADVANCE", "name": "On", "sequence": "%s"}]
                """.formatted(second));
        EnrollmentId enrollment = journey.connect(team, first, journey.lead(team));

        complete(journey.open(enrollment), null);
        journey.run();

        Enrollment from = journey.enrollment(enrollment);
        assertThat(from.reason()).isEqualTo(Reason.ADVANCED);
        Enrollment to = journey.enrollment(from.next());
        assertThat(to.previous()).isEqualTo(enrollment);
        assertThat(to.sequence()).isEqualTo(second);
        complete(journey.open(to.id()), null);
        assertThat(journey.enrollment(to.id()).reason()).isEqualTo(Reason.COMPLETED);
        assertThat(journey.path(enrollment)).containsExactly("ask:DONE:COMPLETED", "on:DONE:ADVANCED");
    }

    @Test
    void advancing_to_a_sequence_that_is_not_active_is_an_incident_that_a_retry_solves() {
        SequenceId second = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        SequenceId first = journey.sequence(team, """
                [{"id": "ask", "type": "TASK", "name": "Ask"},
                 {"id": "on", "type": "ADVANCE", "name": "On", "sequence": "%s"}]
                """.formatted(second));
        EnrollmentId enrollment = journey.connect(team, first, journey.lead(team));
        api.as(team.manager()).post("/sequences/" + second + "/deactivate", Map.of("running", "FINISH"));

        complete(journey.open(enrollment), null);
        journey.run();
        assertThat(journey.enrollment(enrollment).state()).isEqualTo(State.ERROR);
        assertThat(journey.path(enrollment)).containsExactly("ask:DONE:COMPLETED", "on:FAILED");

        api.as(team.manager()).post("/sequences/" + second + "/activate", Map.of("changeDescription", "again"));
        StepRun failed = stepRuns.of(enrollment).get(1);
        stepRuns.retry(users.caller(team.manager()), failed.id());
        journey.run();
        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.ADVANCED);
    }

    @Test
    void deactivating_disconnects_what_runs_or_lets_it_finish() {
        String steps = "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]";
        SequenceId stopped = journey.sequence(team, steps);
        SequenceId finishing = journey.sequence(team, steps);
        EnrollmentId ends = journey.connect(team, stopped, journey.lead(team));
        EnrollmentId goesOn = journey.connect(team, finishing, journey.lead(team));

        api.as(team.manager()).post("/sequences/" + stopped + "/deactivate", Map.of("running", "DISCONNECT"));
        api.as(team.manager()).post("/sequences/" + finishing + "/deactivate", Map.of("running", "FINISH"));
        journey.run();

        assertThat(journey.enrollment(ends).reason()).isEqualTo(Reason.SEQUENCE_DEACTIVATED);
        assertThat(journey.enrollment(goesOn).state()).isEqualTo(State.CONNECTED);
    }

    @Test
    void a_start_can_wait() {
        SequenceId sequence = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        RecordId lead = journey.lead(team);
        enrollments.connect(
                users.caller(team.manager()), sequence, List.of(lead.toString()), new Span(1, 0), null, "list");
        journey.run();
        Enrollment waiting = enrollments.ofRecord(lead).get(0);
        assertThat(waiting.state()).isEqualTo(State.CONNECTING);

        journey.advance(Duration.ofDays(2));

        assertThat(journey.enrollment(waiting.id()).state()).isEqualTo(State.CONNECTED);
        assertThat(journey.open(waiting.id()).enteredAt()).isEqualTo(waiting.startAt());
    }

    @Test
    void sums_hold_whatever_happens() {
        SequenceId sequence = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        EnrollmentId done = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId ended = journey.connect(team, sequence, journey.lead(team));
        journey.connect(team, sequence, journey.lead(team));
        complete(journey.open(done), null);
        steering.act(users.caller(team.seller()), ended, EnrollmentAction.DISCONNECT);
        steering.act(users.caller(team.seller()), ended, EnrollmentAction.DISCONNECT);

        assertThat(enrollments.countByState(sequence))
                .isEqualTo(Map.of(State.CONNECTED, 1L, State.COMPLETED, 1L, State.DISCONNECTED, 1L));
    }

    private void complete(StepRun run, String outcome) {
        stepRuns.complete(
                users.caller(team.seller()),
                run.id(),
                new Completion(team.seller().id(), outcome, null, null, false, false));
    }

    private String intro(String more) {
        return """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED", "LINK_CLICKED"]}},
                  "within": {"days": 2},
                  "yes": [{"id": "meet", "type": "TASK", "name": "Meet"}],
                  "no": [{"id": "call", "type": "PHONE_CALL", "name": "Call"}]}%s]
                """.formatted(journey.template(team), more);
    }

    private void click(String html) {
        var link = Pattern.compile("/t/c/[^\"'<>\\s]+").matcher(html);
        assertThat(link.find()).as(html).isTrue();
        var answer =
                api.anonymous().with("User-Agent", "Mozilla/5.0 Firefox/140").get("/" + link.group());
        assertThat(answer.status()).isEqualTo(302);
    }
}
