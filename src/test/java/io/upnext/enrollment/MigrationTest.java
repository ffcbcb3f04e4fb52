package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.sequence.Span;
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
import io.upnext.testing.Visitor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Moving to another version (specification §12): each where it was, each mail once. */
@UpnextTest
class MigrationTest {

    private static final int RACES = 10;
    private static final int EACH = 20;
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

    private static final String OLD_TREE = """
            [{"id": "meet", "type": "TASK", "name": "Meet"},
             {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%1$s"},
             {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED", "LINK_CLICKED"]}},
              "within": {"days": 3},
              "yes": [{"id": "celebrate", "type": "TASK", "name": "Celebrate"}],
              "no": [{"id": "call", "type": "PHONE_CALL", "name": "Call"},
                     {"id": "remind", "type": "AUTOMATED_EMAIL", "name": "Remind", "template": "%1$s"},
                     {"id": "last", "type": "TASK", "name": "Last"}]}]
            """;
    private static final String NEW_TREE = """
            [{"id": "prepare", "type": "TASK", "name": "Prepare"},
             {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%1$s"},
             {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED", "LINK_CLICKED"]}},
              "within": {"days": 9}, "decide": "AT_LIMIT",
              "yes": [{"id": "celebrate", "type": "TASK", "name": "Celebrate"}],
              "no": [{"id": "last", "type": "TASK", "name": "Last"}]}]
            """;

    private final Journey journey;
    private final TestMail mail;
    private final TestUsers users;
    private final Api api;
    private final Enrollments enrollments;
    private final StepRuns stepRuns;
    private final MutableClock clock;
    private final Migrating migrating;
    private final Retries retries;
    private final JdbcClient jdbc;
    private final ManagementService management;
    private SalesTeam team;

    MigrationTest(
            @Autowired Journey journey,
            @Autowired TestMail mail,
            @Autowired TestUsers users,
            @Autowired Api api,
            @Autowired Enrollments enrollments,
            @Autowired StepRuns stepRuns,
            @Autowired MutableClock clock,
            @Autowired Migrating migrating,
            @Autowired Retries retries,
            @Autowired JdbcClient jdbc,
            @Autowired ManagementService management) {
        this.journey = journey;
        this.mail = mail;
        this.users = users;
        this.api = api;
        this.enrollments = enrollments;
        this.stepRuns = stepRuns;
        this.clock = clock;
        this.migrating = migrating;
        this.retries = retries;
        this.jdbc = jdbc;
        this.management = management;
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
        List.of("pause", "meet", "celebrate").forEach(step -> at.put(step, connectAt(sequence, step, EACH)));
        at.put("opened", connectAt(sequence, "intro", EACH));
        journey.advance(Duration.ofDays(1));
        at.put("intro", connectAt(sequence, "intro", EACH));
        at.put("paused", connectAt(sequence, "pause", 2));
        at.get("paused").forEach(id -> act(id, "pause"));
        Map<EnrollmentId, StepRun> before = current(at);
        revise(sequence, AFTER.formatted(template));

        JsonNode plan = migrate(sequence, Map.of("dryRun", true)).body();
        assertThat(plan.at("/counts/CONTINUE").asInt()).isEqualTo(5 * EACH + 2);
        assertThat(plan.at("/enrollments/items/0/steps").size()).isEqualTo(1);
        assertThat(plan.toString())
                .contains("\"renamed\":\"Meet them\"", "\"stepNames\":[\"Meet\"],\"toNames\":[\"Meet them\"]");
        JsonNode operation = run(migrate(sequence, Map.of()));

        assertThat(operation.get("succeeded").asInt()).as(operation.toString()).isEqualTo(5 * EACH + 2);
        assertThat(versions(sequence)).containsExactly(0, 5 * EACH + 2);
        Map<EnrollmentId, StepRun> after = current(at);
        assertThat(after.toString().replace("Meet them", "Meet").replace("Introduction", "Intro"))
                .isEqualTo(before.toString())
                .isNotEqualTo(after.toString());

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
        assertThat(mailsSent(sequence)).hasSize(3 * EACH + 3).containsOnly(1L);
        assertThat(onTheEngine(sequence)).containsExactly("2");
        assertThat(findings(sequence)).isEmpty();
    }

    @Test
    void at_a_removed_step_the_choice_decides_and_what_waits_in_another_way_waits_as_long() {
        String template = journey.template(team);
        SequenceId sequence = journey.sequence(team, OLD_TREE.formatted(template), "{\"window\": " + closed() + "}");
        List<EnrollmentId> opened = connectAt(sequence, "intro", 3);
        journey.advance(Duration.ofDays(1));
        List<EnrollmentId> meet = connectAt(sequence, "meet", 3);
        act(meet.get(2), "pause");
        EnrollmentId call = connectAt(sequence, "call", 1).get(0);
        List<EnrollmentId> remind = connectAt(sequence, "remind", 2);
        EnrollmentId failed = connectWithoutMailbox(sequence, "remind");
        EnrollmentId later = connectLater(sequence);
        Instant limit = last(opened.get(0)).dueAt();
        act(opened.get(2), "pause");
        journey.advance(Duration.ofHours(1));
        revise(sequence, NEW_TREE.formatted(template));

        Api.Answer refused = migrate(sequence, Map.of());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("\"step\":\"meet\"", "\"step\":\"call\"", "\"step\":\"remind\"");
        JsonNode stayed = run(migrate(
                sequence,
                Map.of("enrollmentIds", List.of(meet.get(0).toString(), "x"), "removedSteps", Map.of("meet", "STAY"))));
        assertThat(stayed.at("/counts/stayed").asInt()).isEqualTo(1);
        assertThat(stayed.get("rejected").asInt()).isEqualTo(1);
        Map<String, String> choices = Map.of("meet", "NEXT", "call", "DISCONNECT", "remind", "NEXT");
        JsonNode plan = migrate(sequence, Map.of("removedSteps", choices, "dryRun", true))
                .body();
        assertThat(plan.get("counts").toString()).isEqualTo("{\"CONTINUE\":1,\"DISCONNECT\":1,\"NEXT\":9}");
        JsonNode moved = run(migrate(sequence, Map.of("removedSteps", choices)));

        assertThat(moved.get("counts").toString()).contains("\"migrated\":10", "\"disconnected\":1");
        assertThat(versions(sequence)).containsExactly(0, 10);
        assertThat(journey.path(meet.get(0))).containsExactly("meet:CANCELLED:MIGRATED", "intro:WAITING");
        assertThat(journey.path(meet.get(2))).containsExactly("meet:CANCELLED:MIGRATED");
        assertThat(journey.enrollment(meet.get(2)).state()).isEqualTo(State.PAUSED);
        assertThat(journey.enrollment(call).reason()).isEqualTo(Enrollment.Reason.USER);
        List.of(remind.get(0), remind.get(1), failed).forEach(id -> {
            assertThat(journey.path(id)).containsExactly("remind:CANCELLED:MIGRATED", "last:OPEN");
            assertThat(journey.enrollment(id).state()).isEqualTo(State.CONNECTED);
        });
        assertThat(journey.path(opened.get(0)))
                .containsExactly("intro:DONE:SENT", "opened:CANCELLED:MIGRATED", "opened:WAITING");
        assertThat(last(opened.get(0)).dueAt()).isEqualTo(limit);
        assertThat(last(opened.get(2)).dueAt()).isEqualTo(limit.plus(Duration.ofHours(1)));
        click(opened.get(0));
        act(meet.get(2), "resume");
        journey.advance(Duration.ofDays(4));
        assertThat(journey.path(opened.get(0))).endsWith("opened:DONE:YES", "celebrate:OPEN");
        assertThat(journey.path(opened.get(1))).endsWith("opened:DONE:NO", "last:OPEN");
        assertThat(journey.path(meet.get(2))).contains("intro:DONE:SENT");
        assertThat(journey.path(later)).containsExactly("prepare:OPEN");
        remind.forEach(id -> assertThat(mails(id)).isEmpty());
        assertThat(findings(sequence)).isEmpty();
        assertThat(onTheEngine(sequence)).containsExactly("2");
        assertThat(history(call, "now")).isEqualTo(1);
        assertThat(history(call, "200 days ago")).isZero();
        meet.forEach(id -> assertThat(mails(id)).hasSize(1));
    }

    @Test
    void a_mail_that_has_begun_to_leave_is_waited_for_and_one_that_was_sent_is_passed() {
        String mail = "{\"id\": \"%s\", \"type\": \"AUTOMATED_EMAIL\", \"name\": \"Mail\", \"template\": \""
                + journey.template(team) + "\"}";
        String then = "{\"id\": \"%s\", \"type\": \"TASK\", \"name\": \"Then\"}";
        SequenceId sequence = journey.sequence(
                team,
                steps(mail.formatted("one"), then.formatted("two"), mail.formatted("three"), then.formatted("four")),
                "{\"window\": " + closed() + "}");
        EnrollmentId leaving = connectAt(sequence, "three", 1).get(0);
        EnrollmentId sent = connectAt(sequence, "one", 1).get(0);
        revise(sequence, steps(then.formatted("two"), mail.formatted("one"), then.formatted("four")));

        Map<String, Long> counts = new HashMap<>();
        retries.inTransaction(() -> {
            state(leaving, "CLAIMED");
            migrating.migrate(wanted(sequence), users.caller(team.manager()), List.of(leaving.toString()), counts);
            state(leaving, "QUEUED");
        });
        journey.run();

        assertThat(counts).isEqualTo(Map.of("waiting", 1L));
        assertThat(journey.enrollment(leaving).versionNumber()).isEqualTo(1);
        journey.advance(Duration.ofDays(1));
        assertThat(journey.path(leaving)).containsExactly("three:DONE:SENT", "four:OPEN");
        assertThat(journey.enrollment(leaving).versionNumber()).isEqualTo(2);
        assertThat(mails(leaving)).hasSize(1);
        run(migrate(sequence, Map.of()));
        act(sent, journey.open(sent));
        assertThat(journey.path(sent)).containsExactly("one:DONE:SENT", "two:DONE:COMPLETED", "four:OPEN");
        assertThat(mails(sent)).hasSize(1);
    }

    @Test
    void whoever_moves_an_enrollment_at_the_same_moment_loses_nothing() throws Exception {
        String pause = "{\"id\": \"pause\", \"type\": \"WAIT\", \"days\": 1}";
        String then = "{\"id\": \"%s\", \"type\": \"TASK\", \"name\": \"Then\"}";
        SequenceId sequence = journey.sequence(team, steps(pause, then.formatted("b")));
        List<EnrollmentId> waiting = connectAt(sequence, "pause", RACES);
        List<EnrollmentId> open = connectAt(sequence, "b", RACES);
        revise(sequence, steps(pause, then.formatted("c")));
        clock.advance(Duration.ofDays(1));
        List<String> timers = waiting.stream().map(this::timer).toList();

        for (int i = 0; i < RACES; i++) {
            String timer = timers.get(i);
            String waits = waiting.get(i).toString();
            atOnce(() -> management.executeJob(timer), () -> move(sequence, waits));
            StepRun run = journey.open(open.get(i));
            String works = open.get(i).toString();
            atOnce(() -> complete(run), () -> move(sequence, works));
        }
        // A timer that lost against the migration is tried again ten seconds later
        journey.advance(Duration.ofSeconds(20));

        waiting.forEach(id -> assertThat(journey.path(id))
                .isIn(List.of("pause:DONE", "c:OPEN"), List.of("pause:DONE", "b:CANCELLED:MIGRATED")));
        open.forEach(
                id -> assertThat(journey.path(id)).isIn(List.of("b:DONE:COMPLETED"), List.of("b:CANCELLED:MIGRATED")));
        open.forEach(id -> assertThat(journey.enrollment(id).state()).isEqualTo(State.COMPLETED));
    }

    @Test
    void an_activation_moves_what_runs_and_the_pages_show_plan_and_progress() {
        String task = "{\"id\": \"%s\", \"type\": \"TASK\", \"name\": \"Step %1$s\"}";
        String wait = "{\"id\": \"rest\", \"type\": \"WAIT\", \"days\": 2}";
        SequenceId other = journey.sequence(team, steps(task.formatted("far")));
        String advance = "{\"id\": \"on\", \"type\": \"ADVANCE\", \"name\": \"On\", \"sequence\": \"" + other + "\"}";
        SequenceId sequence = journey.sequence(team, steps(task.formatted("a"), wait, task.formatted("b"), advance));
        EnrollmentId advanced = connectAt(sequence, "on", 1).get(0);
        connectAt(sequence, "a", 2);
        revise(sequence, steps(task.formatted("b"), task.formatted("c"), advance));

        var visitor = api.visit(team.manager());
        String pages = "/sequences/" + sequence;
        assertThat(visitor.get(pages + "/versions").text()).contains("/versions/1/migrate");
        assertThat(visitor.get(pages + "/versions/compare?a=1&b=2").text()).contains("Step c", "Step a");
        assertThat(visitor.get(pages + "/versions/1/migrate").text())
                .contains("name=\"removed.a\"", "Step b", "Wait 2 days");
        assertThat(aPlanWithoutAnySuccessor(visitor)).contains("is completed: nothing follows: 1", "<td>Step x</td>");
        assertThat(visitor.post(pages + "/versions/1/migrate", "removed.a", "NEXT", "chosen", "true")
                        .text())
                .contains("Tick at least one");
        var progress = visitor.post(pages + "/versions/1/migrate", "removed.a", "NEXT");
        assertThat(progress.path()).contains("/migrations/");
        journey.run();
        assertThat(visitor.get(progress.path()).text()).contains("Moved: 2");
        assertThat(versions(sequence)).containsExactly(0, 2);
        assertThat(onTheEngine(sequence)).containsExactly("2");
        assertThat(journey.enrollment(advanced).versionNumber()).isEqualTo(1);

        JsonNode third = revise(sequence, steps(task.formatted("d"), task.formatted("b")), true);
        assertThat(third.path("operation").asText()).isNotBlank();
        journey.run();
        assertThat(versions(sequence)).containsExactly(0, 0, 2);
        JsonNode difference = api.as(team.seller())
                .get("/sequences/" + sequence + "/versions/1/compare/3")
                .body();
        assertThat(difference.at("/added/0/id").asText()).isEqualTo("d");
        assertThat(difference.get("removed").findValuesAsText("id")).containsExactly("a", "rest", "on");
        assertThat(api.as(team.seller())
                        .post("/sequences/" + sequence + "/migrations", Map.of("fromVersion", 1, "toVersion", 3))
                        .status())
                .isEqualTo(403);
    }

    private String aPlanWithoutAnySuccessor(Visitor visitor) {
        String task = "{\"id\": \"%s\", \"type\": \"TASK\", \"name\": \"Step %1$s\"}";
        SequenceId sequence = journey.sequence(team, steps(task.formatted("x")));
        connectAt(sequence, "x", 1);
        revise(sequence, steps(task.formatted("y")));
        return visitor.get("/sequences/" + sequence + "/versions/1/migrate").text();
    }

    @Test
    void in_classic_and_smart_mode_changed_days_and_new_steps_apply_from_the_next_run_on() {
        String task = "{\"id\": \"%s\", \"type\": \"TASK\", \"name\": \"Do it\", \"day\": %d}";
        String mail =
                "{\"id\": \"intro\", \"type\": \"AUTOMATED_EMAIL\", \"name\": \"Intro\", \"day\": 1, \"template\": \""
                        + journey.template(team) + "\"}";
        SequenceId classic = journey.active(
                team, scheduled("CLASSIC", "", steps(mail, task.formatted("call", 2), task.formatted("visit", 4))));
        SequenceId smart = journey.active(
                team,
                scheduled(
                        "SMART",
                        ", \"every\": {\"days\": 1}",
                        steps("{\"id\": \"a\", \"type\": \"TASK\", \"name\": \"A\"}")));
        EnrollmentId inDays = journey.connect(team, classic, journey.lead(team));
        EnrollmentId inRuns = journey.connect(team, smart, journey.lead(team));
        journey.advance(Duration.ofDays(2));
        assertThat(journey.path(inDays)).containsExactly("intro:DONE:SENT", "call:OPEN");
        assertThat(journey.path(inRuns)).containsExactly("a:OPEN");
        revise(classic, steps(mail, task.formatted("letter", 3), task.formatted("visit", 6)));
        revise(
                smart,
                steps(
                        "{\"id\": \"a\", \"type\": \"TASK\", \"name\": \"A\"}",
                        "{\"id\": \"b\", \"type\": \"TASK\", \"name\": \"B\"}"));

        run(migrate(classic, Map.of("removedSteps", "NEXT")));
        run(migrate(smart, Map.of()));

        assertThat(journey.path(inDays)).containsExactly("intro:DONE:SENT", "call:CANCELLED:MIGRATED");
        journey.advance(Duration.ofDays(1));
        assertThat(journey.path(inDays)).endsWith("letter:OPEN");
        assertThat(journey.path(inRuns)).containsExactly("a:OPEN", "b:OPEN");
        journey.advance(Duration.ofDays(2));
        assertThat(journey.path(inDays)).endsWith("letter:OPEN");
        journey.advance(Duration.ofDays(1));
        assertThat(journey.path(inDays)).endsWith("letter:OPEN", "visit:OPEN");
        assertThat(mails(inDays)).hasSize(1);
        assertThat(journey.enrollment(inRuns).versionNumber()).isEqualTo(2);
        assertThat(findings(classic)).isEmpty();
        assertThat(findings(smart)).isEmpty();
    }

    private static String scheduled(String mode, String more, String steps) {
        return """
                "mode": "%s", "schedule": {"at": "11:17", "timeZone": "UTC"%s}, "options": {"exitWhenDone": false},
                "steps": %s
                """.formatted(mode, more, steps);
    }

    @Test
    void waits_and_due_times_are_reckoned_anew_where_that_is_chosen() {
        String template = journey.template(team);
        SequenceId sequence = journey.sequence(team, BEFORE.formatted(template));
        EnrollmentId meet = connectAt(sequence, "meet", 1).get(0);
        EnrollmentId pause = connectAt(sequence, "pause", 1).get(0);
        EnrollmentId opened = connectAt(sequence, "intro", 1).get(0);
        Map<EnrollmentId, StepRun> before = current(Map.of("all", List.of(meet, pause, opened)));
        revise(sequence, AFTER.formatted(template));

        run(migrate(sequence, Map.of("dueTimes", "RECALCULATE")));

        before.forEach((id, run) -> assertThat(Duration.between(run.dueAt(), last(id).dueAt()))
                .isEqualTo(Duration.ofDays(id.equals(opened) ? 5 : 3)));
        journey.advance(Duration.ofDays(4));
        assertThat(journey.path(pause)).containsExactly("pause:WAITING");
        journey.advance(Duration.ofDays(1));
        assertThat(journey.path(pause)).containsExactly("pause:DONE", "intro:DONE:SENT", "opened:WAITING");
    }

    private static String steps(String... steps) {
        return "[" + String.join(",", steps) + "]";
    }

    private void complete(StepRun run) {
        stepRuns.complete(
                users.caller(team.seller()),
                run.id(),
                new Completion(team.seller().id(), null, null, null, false, false));
    }

    private void move(SequenceId sequence, String enrollment) {
        retries.inTransaction(() -> {
            migrating.migrate(wanted(sequence), users.caller(team.manager()), List.of(enrollment), new HashMap<>());
        });
    }

    private static MigrationRequest wanted(SequenceId sequence) {
        return new MigrationRequest(
                sequence, 1, 2, Map.of(), MigrationRequest.Choice.NEXT, MigrationRequest.DueTimes.KEEP);
    }

    /** Both begin together; that one of them loses is no failure. */
    private static void atOnce(Runnable one, Runnable other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Thread thread = new Thread(() -> quietly(start, one));
        thread.start();
        quietly(start, other);
        thread.join();
    }

    private static void quietly(CyclicBarrier start, Runnable work) {
        try {
            start.await();
            work.run();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        } catch (RuntimeException lost) {
            assertThat(lost).isNotInstanceOf(NullPointerException.class);
        }
    }

    private String timer(EnrollmentId enrollment) {
        return management
                .createJobQuery()
                .processInstanceId(journey.enrollment(enrollment).processInstanceId())
                .singleResult()
                .getId();
    }

    /** Rows the engine keeps of an instance that ended, after a moment to tidy up. @param ended when, such as "200 days ago" */
    private int history(EnrollmentId enrollment, String ended) {
        String instance = journey.enrollment(enrollment).processInstanceId();
        if (!ended.equals("now")) {
            jdbc.sql("update act_hi_procinst set end_time_ = end_time_ - cast(? as interval) where id_ = ?")
                    .params(ended.replace(" ago", ""), instance)
                    .update();
        }
        journey.run();
        return jdbc.sql("select count(*) from act_hi_procinst where id_ = ?")
                .param(instance)
                .query(Integer.class)
                .single();
    }

    /** What the product itself finds wrong with the sequence's enrollments. */
    private List<JsonNode> findings(SequenceId sequence) {
        List<JsonNode> findings = new ArrayList<>();
        api.as(users.administrator())
                .post("/admin/check?sequence=" + sequence)
                .body()
                .get("findings")
                .forEach(findings::add);
        return findings;
    }

    private void state(EnrollmentId enrollment, String state) {
        jdbc.sql("update mail set state = ? where enrollment = ?")
                .params(state, enrollment.value())
                .update();
    }

    private List<String> onTheEngine(SequenceId sequence) {
        return jdbc.sql("select version_tag_ from act_re_procdef where key_ = ? order by 1")
                .param("sequence-" + sequence)
                .query(String.class)
                .list();
    }

    private EnrollmentId connectLater(SequenceId sequence) {
        RecordId lead = journey.lead(team);
        enrollments.connect(
                users.caller(team.manager()), sequence, List.of(lead.toString()), new Span(2, 0), null, null);
        journey.run();
        return enrollments.ofRecord(lead).get(0).id();
    }

    private EnrollmentId connectWithoutMailbox(SequenceId sequence, String step) {
        SalesTeam withMailbox = team;
        team = new SalesTeam(team.manager(), team.manager());
        EnrollmentId failed = connectAt(sequence, step, 1).get(0);
        team = withMailbox;
        assertThat(journey.enrollment(failed).state()).isEqualTo(State.ERROR);
        return failed;
    }

    private StepRun last(EnrollmentId enrollment) {
        List<StepRun> runs = stepRuns.of(enrollment);
        return runs.get(runs.size() - 1);
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
        at.values()
                .forEach(ids -> ids.forEach(id -> {
                    List<StepRun> runs = stepRuns.of(id);
                    current.put(id, runs.get(runs.size() - 1));
                }));
        return current;
    }

    private void revise(SequenceId sequence, String steps) {
        revise(sequence, steps, false);
    }

    private JsonNode revise(SequenceId sequence, String steps, boolean moveRunning) {
        var manager = api.as(team.manager());
        JsonNode revision = manager.post("/sequences/" + sequence + "/revision").body();
        ((com.fasterxml.jackson.databind.node.ObjectNode) revision).set("steps", read(steps));
        assertThat(manager.with("If-Match", "*")
                        .put("/sequences/" + sequence, revision)
                        .status())
                .isEqualTo(200);
        var activated = manager.post(
                "/sequences/" + sequence + "/activate",
                Map.of("changeDescription", "better", "moveRunning", moveRunning));
        assertThat(activated.status()).as(activated.toString()).isEqualTo(200);
        return activated.body();
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

    /** For each enrollment that was sent any: how many. */
    private List<Long> mailsSent(SequenceId sequence) {
        return jdbc.sql("""
                        select count(*) from mail m join enrollment e on e.id = m.enrollment
                        where e.sequence_id = ? and m.state = 'SENT' group by e.id
                        """).param(sequence.value()).query(Long.class).list();
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
