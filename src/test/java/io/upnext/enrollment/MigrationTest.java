package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.Enrollment.State;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Moving to another version (specification §12): each where it was, each mail once. */
@UpnextTest
class MigrationTest {

    private static final String BEFORE = """
            [{"id": "meet", "type": "TASK", "name": "Meet", "dueIn": {"days": 1}},
             {"id": "pause", "type": "WAIT", "name": "Pause", "days": 2},
             {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%1$s"},
             {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED", "LINK_CLICKED"]}},
              "within": {"days": 3},
              "yes": [{"id": "celebrate", "type": "TASK", "name": "Celebrate"}],
              "no": [{"id": "call", "type": "PHONE_CALL", "name": "Call"}]}]
            """;
    private static final String AFTER = """
            [{"id": "prepare", "type": "TASK", "name": "Prepare"},
             {"id": "meet", "type": "TASK", "name": "Meet them", "dueIn": {"days": 4}},
             {"id": "pause", "type": "WAIT", "name": "Pause", "days": 5},
             {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Introduction", "template": "%1$s"},
             {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED", "LINK_CLICKED"]}},
              "within": {"days": 8},
              "yes": [{"id": "celebrate", "type": "TASK", "name": "Celebrate"}],
              "no": [{"id": "last", "type": "TASK", "name": "Last try"}]}]
            """;

    private final Journey journey;
    private final TestMail mail;
    private final TestUsers users;
    private final Api api;
    private final Enrollments enrollments;
    private final StepRuns stepRuns;
    private final MutableClock clock;
    private SalesTeam team;

    MigrationTest(
            @Autowired Journey journey,
            @Autowired TestMail mail,
            @Autowired TestUsers users,
            @Autowired Api api,
            @Autowired Enrollments enrollments,
            @Autowired StepRuns stepRuns,
            @Autowired MutableClock clock) {
        this.journey = journey;
        this.mail = mail;
        this.users = users;
        this.api = api;
        this.enrollments = enrollments;
        this.stepRuns = stepRuns;
        this.clock = clock;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
    }

    @Test
    void everybody_goes_on_where_they_were_and_no_mail_is_sent_twice_or_lost() {
        String template = journey.template(team);
        SequenceId sequence = journey.sequence(team, BEFORE.formatted(template), "{\"window\": " + closed() + "}");
        Map<String, List<EnrollmentId>> at = new HashMap<>();
        List.of("pause", "meet").forEach(step -> at.put(step, connectAt(sequence, step, 3)));
        at.put("opened", connectAt(sequence, "intro", 3));
        journey.advance(Duration.ofDays(1));
        at.put("intro", connectAt(sequence, "intro", 3));
        at.put("paused", connectAt(sequence, "pause", 2));
        at.get("paused").forEach(id -> act(id, "pause"));
        Map<EnrollmentId, StepRun> before = current(at);
        revise(sequence, AFTER.formatted(template));

        JsonNode plan = migrate(sequence, Map.of("dryRun", true)).body();
        assertThat(plan.at("/counts/CONTINUE").asInt()).isEqualTo(14);
        assertThat(plan.at("/enrollments/items/0/steps").size()).isEqualTo(1);
        JsonNode operation = run(migrate(sequence, Map.of()));

        assertThat(operation.get("succeeded").asInt()).as(operation.toString()).isEqualTo(14);
        assertThat(versions(sequence)).containsExactly(0, 14);
        Map<EnrollmentId, StepRun> after = current(at);
        assertThat(after).isEqualTo(before);

        act(at.get("meet").get(0), journey.open(at.get("meet").get(0)));
        assertThat(journey.path(at.get("meet").get(0))).containsExactly("meet:DONE:COMPLETED", "pause:WAITING");
        click(at.get("opened").get(0));
        assertThat(journey.path(at.get("opened").get(0)))
                .containsExactly("intro:DONE:SENT", "opened:DONE:YES", "celebrate:OPEN");
        journey.advance(Duration.ofDays(3));
        assertThat(journey.path(at.get("opened").get(1)))
                .containsExactly("intro:DONE:SENT", "opened:DONE:NO", "last:OPEN");
        assertThat(journey.path(at.get("intro").get(0))).containsExactly("intro:DONE:SENT", "opened:WAITING");
        assertThat(journey.path(at.get("pause").get(0)))
                .containsExactly("pause:DONE", "intro:DONE:SENT", "opened:WAITING");
        at.get("paused").forEach(id -> act(id, "resume"));
        journey.advance(Duration.ofDays(4));
        at.get("paused").forEach(id -> assertThat(journey.path(id)).contains("intro:DONE:SENT"));
        List.of("pause", "opened", "intro", "paused")
                .forEach(step -> at.get(step).forEach(id -> assertThat(mails(id)).hasSize(1)));
    }

    /** One window a day, that does not open within the next hours. */
    private String closed() {
        int hour = clock.instant().atOffset(ZoneOffset.UTC).getHour();
        int from = hour < 16 ? hour + 6 : hour - 3;
        return """
                {"days": ["1", "2", "3", "4", "5", "6", "7"], "from": "%02d:00", "to": "%02d:00", "zone": "SENDER"}
                """.formatted(from, from + 1);
    }

    private List<EnrollmentId> connectAt(SequenceId sequence, String step, int count) {
        List<RecordId> leads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leads.add(journey.lead(team));
        }
        enrollments.connect(
                users.caller(team.manager()),
                sequence,
                leads.stream().map(RecordId::toString).toList(),
                null,
                step,
                null);
        journey.run();
        return leads.stream()
                .map(lead -> enrollments.ofRecord(lead).get(0).id())
                .toList();
    }

    private Map<EnrollmentId, StepRun> current(Map<String, List<EnrollmentId>> at) {
        Map<EnrollmentId, StepRun> current = new HashMap<>();
        at.values().forEach(ids -> ids.forEach(id -> {
            List<StepRun> runs = stepRuns.of(id);
            current.put(id, runs.get(runs.size() - 1));
        }));
        return current;
    }

    private void revise(SequenceId sequence, String steps) {
        var manager = api.as(team.manager());
        JsonNode revision = manager.post("/sequences/" + sequence + "/revision").body();
        ((com.fasterxml.jackson.databind.node.ObjectNode) revision).set("steps", read(steps));
        assertThat(manager.with("If-Match", "*").put("/sequences/" + sequence, revision).status())
                .isEqualTo(200);
        var activated = manager.post("/sequences/" + sequence + "/activate", Map.of("changeDescription", "better"));
        assertThat(activated.status()).as(activated.toString()).isEqualTo(200);
    }

    private static JsonNode read(String json) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Api.Answer migrate(SequenceId sequence, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("fromVersion", 1, "toVersion", 2));
        body.putAll(more);
        return api.as(team.manager()).post("/sequences/" + sequence + "/migrations", body);
    }

    private JsonNode run(Api.Answer started) {
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        journey.run();
        JsonNode operation = api.as(team.manager())
                .get("/operations/" + started.body().get("operation").asText())
                .body();
        assertThat(operation.get("state").asText()).isEqualTo("DONE");
        return operation;
    }

    /** How many run on each version, oldest first. */
    private List<Integer> versions(SequenceId sequence) {
        List<Integer> running = new ArrayList<>();
        api.as(team.manager())
                .get("/sequences/" + sequence + "/versions")
                .body()
                .get("items")
                .forEach(version -> running.add(0, version.get("running").asInt()));
        return running;
    }

    private void act(EnrollmentId enrollment, String action) {
        var answer = api.as(team.manager()).post("/enrollments/" + enrollment + "/" + action, Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private void act(EnrollmentId enrollment, StepRun open) {
        var answer = api.as(team.seller()).post("/step-runs/" + open.id() + "/complete", Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        journey.run();
    }

    private List<?> mails(EnrollmentId enrollment) {
        return mail.at(journey.addressOf(journey.enrollment(enrollment).record()));
    }

    private void click(EnrollmentId enrollment) {
        String link = TestMail.links(mail.only(
                        journey.addressOf(journey.enrollment(enrollment).record())))
                .stream()
                .filter(found -> found.contains("/t/c/"))
                .findFirst()
                .orElseThrow();
        api.anonymous()
                .with("User-Agent", "Mozilla/5.0 Firefox/140")
                .get("/" + URI.create(link).getPath());
        journey.run();
    }
}
