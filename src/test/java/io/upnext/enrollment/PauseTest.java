package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.messaging.Receiving;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Pausing freezes what is left, sends nothing and misses nothing (specification §5). */
@UpnextTest
class PauseTest {

    private static final String MEET = "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]";
    private static final String WAIT_THEN_MEET = """
            [{"id": "pause", "type": "WAIT", "name": "Pause", "days": 2, "hours": 0},
             {"id": "meet", "type": "TASK", "name": "Meet"}]
            """;

    private final Journey journey;
    private final TestMail mail;
    private final Api api;
    private final Receiving receiving;
    private final MutableClock clock;
    private final Enrollments enrollments;
    private final StepRuns stepRuns;
    private final TestUsers users;
    private SalesTeam team;

    PauseTest(
            @Autowired Journey journey,
            @Autowired TestMail mail,
            @Autowired Api api,
            @Autowired Receiving receiving,
            @Autowired MutableClock clock,
            @Autowired Enrollments enrollments,
            @Autowired StepRuns stepRuns,
            @Autowired TestUsers users) {
        this.journey = journey;
        this.mail = mail;
        this.api = api;
        this.receiving = receiving;
        this.clock = clock;
        this.enrollments = enrollments;
        this.stepRuns = stepRuns;
        this.users = users;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
    }

    @Test
    void what_is_left_of_a_wait_is_left_of_it_after_the_pause() {
        EnrollmentId enrollment = connect(WAIT_THEN_MEET);
        journey.advance(Duration.ofHours(30));

        act(enrollment, "pause", 200);
        journey.advance(Duration.ofDays(10));
        assertThat(journey.path(enrollment)).containsExactly("pause:WAITING");
        act(enrollment, "resume", 200);

        journey.advance(Duration.ofHours(17));
        assertThat(journey.path(enrollment)).containsExactly("pause:WAITING");
        journey.advance(Duration.ofHours(1));
        assertThat(journey.path(enrollment)).containsExactly("pause:DONE", "meet:OPEN");
    }

    @Test
    void a_paused_step_is_on_no_work_list_and_cannot_be_completed() {
        EnrollmentId enrollment = connect(MEET);
        StepRun open = journey.open(enrollment);

        act(enrollment, "pause", 200);

        assertThat(workList()).doesNotContain(open.id().toString());
        var refused = api.as(team.seller()).post("/step-runs/" + open.id() + "/complete", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("paused");
        act(enrollment, "resume", 200);
        assertThat(workList()).contains(open.id().toString());
        assertThat(api.as(team.seller())
                        .post("/step-runs/" + open.id() + "/complete", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(journey.enrollment(enrollment).state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void a_due_time_moves_by_the_length_of_the_pause() {
        EnrollmentId enrollment = connect("""
                [{"id": "meet", "type": "TASK", "name": "Meet", "dueIn": {"days": 1}}]""");
        Instant due = journey.open(enrollment).dueAt();

        act(enrollment, "pause", 200);
        journey.advance(Duration.ofDays(3));
        act(enrollment, "resume", 200);

        assertThat(journey.open(enrollment).dueAt()).isEqualTo(due.plus(Duration.ofDays(3)));
    }

    @Test
    void nothing_is_sent_while_paused_and_all_of_it_afterwards() {
        RecordId lead = journey.lead(team);
        EnrollmentId enrollment =
                journey.connect(team, journey.sequence(team, """
                [{"id": "pause", "type": "WAIT", "name": "Pause", "days": 1, "hours": 0},
                 {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"}]
                """.formatted(journey.template(team))), lead);

        act(enrollment, "pause", 200);
        journey.advance(Duration.ofDays(5));
        assertThat(mail.at(journey.addressOf(lead))).isEmpty();
        act(enrollment, "resume", 200);
        journey.advance(Duration.ofDays(1));

        assertThat(mail.at(journey.addressOf(lead))).hasSize(1);
        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.COMPLETED);
    }

    @Test
    void a_reply_during_the_pause_ends_it() {
        RecordId lead = journey.lead(team);
        EnrollmentId enrollment = journey.connect(team, journey.sequence(team, mailThenOpened(1)), lead);
        act(enrollment, "pause", 200);

        mail.answer(mail.only(journey.addressOf(lead)), "Yes, please call me.");
        receiving.fetchNow(mail.mailboxOf(team.seller().id()));
        journey.run();

        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.REPLIED);
        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:SENT", "opened:CANCELLED");
    }

    @Test
    void a_click_during_the_pause_takes_yes_when_resumed() {
        RecordId lead = journey.lead(team);
        EnrollmentId enrollment = journey.connect(team, journey.sequence(team, mailThenOpened(1)), lead);
        act(enrollment, "pause", 200);

        click(lead);
        journey.advance(Duration.ofDays(4));
        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:SENT", "opened:WAITING");
        act(enrollment, "resume", 200);
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:SENT", "opened:DONE:YES", "meet:OPEN");
    }

    @Test
    void a_pause_freezes_the_limit_of_a_condition() {
        EnrollmentId enrollment = journey.connect(team, journey.sequence(team, mailThenOpened(2)), journey.lead(team));
        journey.advance(Duration.ofDays(1));

        act(enrollment, "pause", 200);
        journey.advance(Duration.ofDays(7));
        act(enrollment, "resume", 200);
        journey.advance(Duration.ofHours(23));
        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:SENT", "opened:WAITING");
        journey.advance(Duration.ofHours(1));

        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:SENT", "opened:DONE:NO", "call:OPEN");
    }

    @Test
    void an_end_of_the_wait_can_be_brought_forward() {
        EnrollmentId enrollment = connect(WAIT_THEN_MEET);

        act(enrollment, "end-wait", 200);
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("pause:DONE", "meet:OPEN");
        act(enrollment, "end-wait", 409);
    }

    @Test
    void doing_again_what_is_so_changes_nothing_and_what_has_ended_stays_so() {
        EnrollmentId enrollment = connect(MEET);

        act(enrollment, "resume", 200);
        act(enrollment, "pause", 200);
        act(enrollment, "pause", 200);
        assertThat(journey.enrollment(enrollment).state()).isEqualTo(State.PAUSED);
        act(enrollment, "disconnect", 200);
        act(enrollment, "disconnect", 200);

        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.USER);
        act(enrollment, "resume", 409);
        act(enrollment, "pause", 409);
    }

    @Test
    void all_of_a_sequence_are_paused_resumed_and_ended_at_once_wherever_they_are() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "meet", "type": "TASK", "name": "Meet", "dueIn": {"days": 1}},
                 {"id": "pause", "type": "WAIT", "name": "Pause", "days": 2},
                 {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED"]}}, "within": {"days": 3},
                  "yes": [{"id": "visit", "type": "TASK", "name": "Visit"}], "no": []}]
                """.formatted(journey.template(team)));
        List<EnrollmentId> all = Stream.of("meet", "pause", "intro", "meet", "pause")
                .map(step -> startedAt(sequence, step))
                .toList();
        List<Instant> due = all.stream().map(this::due).toList();

        bulk("PAUSE", sequence);
        assertThat(states(all)).containsOnly(State.PAUSED);
        journey.advance(Duration.ofDays(9));
        assertThat(all.stream().map(this::due).toList()).isEqualTo(due);
        bulk("RESUME", sequence);

        assertThat(states(all)).containsOnly(State.CONNECTED);
        assertThat(all.stream().map(this::due).toList())
                .isEqualTo(due.stream().map(at -> at.plus(Duration.ofDays(9))).toList());
        journey.advance(Duration.ofDays(2));
        assertThat(journey.path(all.get(1))).startsWith("pause:DONE", "intro:DONE:SENT");
        act(all.get(0), "pause", 200);
        bulk("DISCONNECT", sequence);
        assertThat(all.stream().map(id -> journey.enrollment(id).reason())).containsOnly(Reason.USER);
        assertThat(journey.path(all.get(3))).containsExactly("meet:CANCELLED");
        JsonNode check = api.as(users.administrator())
                .post("/admin/check?sequence=" + sequence)
                .body();
        assertThat(check.get("findings")).isEmpty();
        JsonNode audit = api.as(users.administrator())
                .get("/audit?subject=enrollment:" + all.get(4))
                .body();
        assertThat(audit.toString()).contains("enrollment.pause", "enrollment.resume", "enrollment.disconnect");
    }

    private EnrollmentId startedAt(SequenceId sequence, String step) {
        RecordId lead = journey.lead(team);
        api.as(team.manager())
                .post(
                        "/sequences/" + sequence + "/enrollments",
                        Map.of("recordIds", List.of(lead.toString()), "startAtStep", step));
        journey.run();
        return enrollments.ofRecord(lead).get(0).id();
    }

    private Instant due(EnrollmentId id) {
        List<StepRun> runs = stepRuns.of(id);
        return runs.get(runs.size() - 1).dueAt();
    }

    private List<State> states(List<EnrollmentId> ids) {
        return ids.stream().map(id -> journey.enrollment(id).state()).toList();
    }

    @Test
    void oneThatHasEndedIsRefusedInWordsAndStopsNoOther() {
        SequenceId sequence =
                journey.sequence(team, "[{\"id\": \"call\", \"type\": \"PHONE_CALL\", \"name\": \"Call\"}]");
        EnrollmentId ended = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId other = journey.connect(team, sequence, journey.lead(team));
        act(ended, "disconnect", 200);

        String operation = api.as(team.manager())
                .post("/enrollments/actions", Map.of("action", "PAUSE", "ids", List.of("" + ended, "" + other)))
                .body()
                .get("operation")
                .asText();
        journey.run();

        assertThat(journey.enrollment(other).state()).isEqualTo(State.PAUSED);
        assertThat(api.as(team.manager())
                        .get("/operations/" + operation + "/results")
                        .body()
                        .toString())
                .contains("has ended")
                .doesNotContain("internal");
    }

    private void bulk(String action, SequenceId sequence) {
        var answer = api.as(team.manager())
                .post(
                        "/enrollments/actions",
                        Map.of("action", action, "filter", Map.of("sequence", sequence.toString())));
        assertThat(answer.status()).isEqualTo(202);
        journey.run();
    }

    private EnrollmentId connect(String steps) {
        return journey.connect(team, journey.sequence(team, steps), journey.lead(team));
    }

    private void act(EnrollmentId enrollment, String action, int status) {
        var answer = api.as(team.manager()).post("/enrollments/" + enrollment + "/" + action, Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    private String workList() {
        return api.as(team.seller()).get("/work-list?due=ALL").body().toString();
    }

    private void click(RecordId lead) {
        String link = TestMail.links(mail.only(journey.addressOf(lead))).stream()
                .filter(found -> found.contains("/t/c/"))
                .findFirst()
                .orElseThrow();
        var answer = api.anonymous()
                .with("User-Agent", "Mozilla/5.0 Firefox/140")
                .get("/" + URI.create(link).getPath());
        assertThat(answer.status()).isEqualTo(302);
    }

    private String mailThenOpened(int days) {
        return """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED", "LINK_CLICKED"]}},
                  "within": {"days": %d},
                  "yes": [{"id": "meet", "type": "TASK", "name": "Meet"}],
                  "no": [{"id": "call", "type": "PHONE_CALL", "name": "Call"}]}]
                """.formatted(journey.template(team), days);
    }
}
