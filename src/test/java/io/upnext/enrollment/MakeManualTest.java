package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.operation.Workers;
import io.upnext.security.Role;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Automated steps that wait or have failed are done by a person instead, once (specification §4). */
@UpnextTest
class MakeManualTest {

    private static final String EVENING =
            "{\"window\": {\"days\": [1, 2, 3, 4, 5, 6, 7], \"from\": \"18:00\", \"to\": \"20:00\", \"zone\": \"SENDER\"}}";
    private static final String END = "{\"id\": \"end\", \"type\": \"TASK\", \"name\": \"End\"}";

    @Autowired
    private Journey journey;

    @Autowired
    private Api api;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Workers workers;

    @Autowired
    private StepRuns stepRuns;

    @Autowired
    private TaskService tasks;

    @Autowired
    private FormService forms;

    @Autowired
    private ManagementService management;

    @Autowired
    private JdbcClient jdbc;

    private SalesTeam team;
    private String intro;

    @BeforeEach
    void aTeam() {
        team = journey.team();
        intro =
                "{\"id\": \"intro\", \"type\": \"AUTOMATED_EMAIL\", \"name\": \"Intro ${1+1}\", \"description\": \"Be brief\","
                        + " \"template\": \"%s\"}".formatted(journey.template(team));
    }

    private StepRun last(EnrollmentId enrollment) {
        List<StepRun> runs = stepRuns.of(enrollment);
        return runs.get(runs.size() - 1);
    }

    private Api.Answer make(Person by, StepRun run) {
        return api.as(by).post("/step-runs/" + run.id() + "/make-manual", Map.of());
    }

    private Api.Answer complete(StepRun run, Map<String, Object> how) {
        return api.as(team.seller()).post("/step-runs/" + run.id() + "/complete", how);
    }

    private int arrived(RecordId lead) {
        return mail.at(journey.addressOf(lead)).size();
    }

    private EnrollmentId withoutMailbox(SequenceId sequence, Person owner) {
        RecordId lead = journey.lead(new SalesTeam(team.manager(), owner));
        return journey.connect(team, sequence, lead);
    }

    @Test
    void a_mail_that_waits_becomes_a_mail_a_seller_writes_and_leaves_once() {
        SequenceId sequence = journey.sequence(
                team,
                "[" + intro + ", {\"id\": \"seen\", \"type\": \"CONDITION\","
                        + " \"test\": {\"email\": {\"any\": [\"OPENED\"]}}, \"within\": {\"days\": 9},"
                        + " \"yes\": [" + END + "], \"no\": [{\"id\": \"no\", \"type\": \"TASK\", \"name\": \"No\"}]}]",
                EVENING);
        RecordId lead = journey.lead(team);
        EnrollmentId enrollment = journey.connect(team, sequence, lead);
        StepRun waiting = last(enrollment);

        JsonNode made = make(team.seller(), waiting).body();

        assertThat(made.path("id").asText()).isEqualTo(waiting.id().toString());
        assertThat(made.path("state").asText()).isEqualTo("OPEN");
        assertThat(made.at("/step/type").asText()).isEqualTo("EMAIL");
        Task task = tasks.createTaskQuery().taskId(made.path("taskId").asText()).singleResult();
        assertThat(task.getName()).isEqualTo("Intro $\u200b{1+1}");
        assertThat(task.getAssignee()).isEqualTo(team.seller().username());
        assertThat(task.getDescription()).isEqualTo("Be brief");
        assertThat(forms.getTaskFormData(task.getId()).getCamundaFormRef().getKey())
                .isEqualTo("upnext-email");
        assertThat(api.browser(team.seller()).get("/work?step=" + waiting.id()).body())
                .contains("Hello Ada", "our offer", "Be brief");
        assertThat(api.as(team.seller()).get("/work-list?type=EMAIL").text())
                .contains(waiting.id().toString());
        assertThat(make(team.seller(), waiting).status()).isEqualTo(409);
        journey.advance(Duration.ofDays(2));
        assertThat(arrived(lead)).isZero();
        assertThat(findings(sequence)).isEmpty();

        assertThat(complete(waiting, Map.of()).status()).isEqualTo(422);
        assertThat(complete(waiting, Map.of("email", Map.of("subject", "Mine", "html", "<p>Mine</p>")))
                        .status())
                .isEqualTo(200);
        journey.run();

        assertThat(mail.at(journey.addressOf(lead))).singleElement().satisfies(one -> assertThat(one.toString())
                .isNotNull());
        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:SENT", "seen:WAITING");
        assertThat(complete(waiting, Map.of("doneElsewhere", true)).status()).isEqualTo(409);
        assertThat(findings(sequence)).isEmpty();
    }

    @Test
    void a_failed_mail_is_skipped_by_hand_and_its_condition_takes_no() {
        Person lost = users.with(team.seller().unit(), Role.SALESPERSON);
        SequenceId sequence = journey.sequence(
                team,
                "[" + intro + ", {\"id\": \"seen\", \"type\": \"CONDITION\","
                        + " \"test\": {\"email\": {\"any\": [\"OPENED\"]}}, \"within\": {\"days\": 9},"
                        + " \"yes\": [" + END
                        + "], \"no\": [{\"id\": \"no\", \"type\": \"TASK\", \"name\": \"No\"}]}]");
        EnrollmentId enrollment = withoutMailbox(sequence, lost);
        StepRun failed = last(enrollment);
        assertThat(failed.state()).isEqualTo(StepRun.State.FAILED);

        assertThat(api.browser(lost)
                        .post("/incidents/" + failed.id() + "/make-manual", Map.of())
                        .body())
                .contains("The step is a manual one now");

        assertThat(journey.enrollment(enrollment).state()).isEqualTo(State.CONNECTED);
        assertThat(journey.open(enrollment).assignee().id()).isEqualTo(lost.id().value());
        assertThat(findings(sequence)).isEmpty();
        assertThat(api.as(lost)
                        .post("/step-runs/" + failed.id() + "/retry", Map.of())
                        .status())
                .isEqualTo(409);
        api.as(lost).post("/step-runs/" + failed.id() + "/skip", Map.of());
        journey.run();
        assertThat(journey.path(enrollment)).containsExactly("intro:SKIPPED:SKIPPED", "seen:DONE:NO", "no:OPEN");
    }

    @Test
    void a_field_update_and_an_advance_that_failed_become_tasks() {
        SequenceId target = journey.sequence(team, "[" + END + "]");
        SequenceId sequence = journey.sequence(
                team,
                "[{\"id\": \"ask\", \"type\": \"TASK\", \"name\": \"Ask\"},"
                        + "{\"id\": \"mark\", \"type\": \"UPDATE_FIELD\", \"name\": \"Mark\", \"field\": \"budget\", \"value\": \"CAN_BUY\"},"
                        + "{\"id\": \"on\", \"type\": \"ADVANCE\", \"name\": \"On\", \"sequence\": \"" + target
                        + "\"}]");
        EnrollmentId enrollment = journey.connect(team, sequence, journey.lead(team));
        api.as(team.manager()).post("/sequences/" + target + "/deactivate", Map.of("running", "FINISH"));
        complete(journey.open(enrollment), Map.of());
        String job = management
                .createJobQuery()
                .processInstanceId(journey.enrollment(enrollment).processInstanceId())
                .singleResult()
                .getId();
        management.setJobRetries(job, 0);
        StepRun mark = last(enrollment);
        assertThat(mark.state()).isEqualTo(StepRun.State.FAILED);

        JsonNode made = make(team.seller(), mark).body();

        assertThat(made.at("/step/type").asText()).isEqualTo("TASK");
        assertThat(made.at("/step/description").asText()).contains("Budget: ").contains("an");
        assertThat(management.createJobQuery().jobId(job).count()).isZero();
        assertThat(findings(sequence)).isEmpty();
        complete(mark, Map.of("note", "done in the other system"));
        journey.run();
        StepRun on = last(enrollment);
        assertThat(on.state()).isEqualTo(StepRun.State.FAILED);

        assertThat(make(users.with(team.seller().unit(), Role.SALES_MANAGER), on)
                        .body()
                        .at("/step/description")
                        .asText())
                .startsWith("→ ");
        journey.run();
        assertThat(journey.open(enrollment).id()).isEqualTo(on.id());
        complete(on, Map.of());

        assertThat(journey.path(enrollment))
                .containsExactly("ask:DONE:COMPLETED", "mark:DONE:COMPLETED", "on:DONE:COMPLETED");
        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.COMPLETED);
        assertThat(findings(sequence)).isEmpty();
    }

    @Test
    void the_version_of_an_ab_test_that_was_drawn_is_what_the_seller_writes() {
        String a = journey.template(team);
        String b = journey.template(team);
        SequenceId sequence = journey.sequence(
                team,
                ("[{\"id\": \"try\", \"type\": \"AB_TEST\", \"name\": \"Try\","
                                + " \"a\": {\"template\": \"%s\"}, \"b\": {\"template\": \"%s\"},"
                                + " \"until\": \"2027-01-01T00:00:00Z\"}, %s]")
                        .formatted(a, b, END),
                EVENING);
        RecordId lead = journey.lead(team);
        EnrollmentId enrollment = journey.connect(team, sequence, lead);
        StepRun waiting = last(enrollment);

        make(team.seller(), waiting);

        assertThat(api.browser(team.seller()).get("/work?step=" + waiting.id()).body())
                .contains("Hello Ada");
        assertThat(complete(waiting, Map.of("email", Map.of("subject", "Mine", "html", "<p>Mine</p>")))
                        .status())
                .isEqualTo(200);
        journey.advance(Duration.ofDays(1));
        assertThat(arrived(lead)).isEqualTo(1);
        assertThat(journey.path(enrollment)).containsExactly("try:DONE:SENT", "end:OPEN");
        assertThat(api.as(team.manager())
                        .get("/sequences/" + sequence + "/tests")
                        .text())
                .doesNotContain("\"delivered\":1");
    }

    @Test
    void what_is_paused_over_uncertain_or_no_automated_step_is_refused() {
        SequenceId sequence = journey.sequence(team, "[" + intro + ", " + END + "]", EVENING);
        EnrollmentId enrollment = journey.connect(team, sequence, journey.lead(team));
        StepRun waiting = last(enrollment);
        assertThat(make(users.seller(), waiting).status()).isEqualTo(404);
        assertThat(make(users.with(team.seller().unit(), Role.SALESPERSON), waiting)
                        .status())
                .isEqualTo(403);

        api.as(team.manager()).post("/enrollments/" + enrollment + "/pause", Map.of());
        assertThat(make(team.seller(), waiting).status()).isEqualTo(409);
        api.as(team.manager()).post("/enrollments/" + enrollment + "/resume", Map.of());
        mailState(waiting, "CLAIMED");
        assertThat(make(team.seller(), waiting).text()).contains("just leaving");
        mailState(waiting, "UNCERTAIN");
        assertThat(make(team.seller(), waiting).text()).contains("decide that first");
        mailState(waiting, "QUEUED");
        Api.Answer bulk = api.as(team.seller())
                .post(
                        "/step-runs/actions",
                        Map.of(
                                "action",
                                "MAKE_MANUAL",
                                "ids",
                                List.of(waiting.id().toString())));
        assertThat(bulk.body().at("/results/0/ok").asBoolean())
                .as(bulk.toString())
                .isTrue();
        api.as(team.manager()).post("/enrollments/" + enrollment + "/disconnect", Map.of());
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("intro:CANCELLED");
        assertThat(tasks.createTaskQuery().taskId(last(enrollment).taskId()).count())
                .isZero();
        assertThat(make(team.seller(), waiting).status()).isEqualTo(409);
        assertThat(findings(sequence)).isEmpty();
    }

    private void mailState(StepRun run, String state) {
        jdbc.sql("update mail set state = ? where step_run = ?")
                .params(state, run.id().value())
                .update();
    }

    @Test
    void it_goes_along_to_a_new_version_and_its_task_is_called_and_described_as_that_says() throws Exception {
        SequenceId sequence = journey.sequence(team, "[" + intro + ", " + END + "]", EVENING);
        EnrollmentId enrollment = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId paused = journey.connect(team, sequence, journey.lead(team));
        make(team.seller(), last(enrollment));
        make(team.seller(), last(paused));
        api.as(team.manager()).post("/enrollments/" + paused + "/pause", Map.of());

        revise(sequence, "[" + intro.replace("Intro $", "Renamed $").replace("Be brief", "Be kind") + ", " + END + "]");

        for (EnrollmentId each : List.of(enrollment, paused)) {
            Task task = tasks.createTaskQuery().taskId(last(each).taskId()).singleResult();
            assertThat(task.getName()).isEqualTo("Renamed $\u200b{1+1}");
            assertThat(task.getDescription()).isEqualTo("Be kind");
            assertThat(tasks.getVariable(task.getId(), "instructions")).isEqualTo("Be kind");
            assertThat(task.getAssignee()).isEqualTo(team.seller().username());
            assertThat(last(each).stepName()).isEqualTo("Renamed ${1+1}");
            assertThat(last(each).snoozedUntil()).isNull();
        }
        assertThat(findings(sequence)).isEmpty();
        api.as(team.manager()).post("/enrollments/" + paused + "/resume", Map.of());
        complete(last(enrollment), Map.of("doneElsewhere", true));
        tasks.complete(last(paused).taskId(), Map.of("doneElsewhere", true));
        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:DONE_ELSEWHERE", "end:OPEN");
        assertThat(journey.path(paused)).containsExactly("intro:DONE:DONE_ELSEWHERE", "end:OPEN");
    }

    private void revise(SequenceId sequence, String steps) throws Exception {
        var manager = api.as(team.manager());
        String path = "/sequences/" + sequence;
        ObjectNode revision = (ObjectNode) manager.post(path + "/revision").body();
        revision.set("steps", new ObjectMapper().readTree(steps));
        assertThat(manager.with("If-Match", "*").put(path, revision).status()).isEqualTo(200);
        var activated = manager.post(path + "/activate", Map.of("changeDescription", "anew", "moveRunning", true));
        assertThat(activated.status()).as(activated.toString()).isEqualTo(200);
        journey.run();
    }

    /** Whoever wins: one mail at most, one way on, and what a person is to do is done by nothing else. */
    @Test
    void whoever_makes_it_manual_races_those_who_send_retry_and_pause() throws Exception {
        SequenceId sequence = journey.sequence(team, "[" + intro + ", " + END + "]", EVENING);
        SequenceId atOnce = journey.sequence(team, "[" + intro + ", " + END + "]");
        for (int round = 0; round < 9; round++) {
            boolean fails = round % 3 == 1;
            Person owner = fails ? users.with(team.seller().unit(), Role.SALESPERSON) : team.seller();
            RecordId lead = journey.lead(new SalesTeam(team.manager(), owner));
            EnrollmentId enrollment = journey.connect(team, fails ? atOnce : sequence, lead);
            if (fails) {
                mail.mailboxOf(owner);
            }
            StepRun run = last(enrollment);
            String rival = List.of(
                            "/step-runs/" + run.id() + "/send-now",
                            "/step-runs/" + run.id() + "/retry",
                            "/enrollments/" + enrollment + "/pause")
                    .get(round % 3);
            race(() -> make(owner, run), () -> api.as(round(owner, rival)).post(rival, Map.of()), () -> {
                workers.drain();
                return null;
            });
            journey.run();
            api.as(team.manager()).post("/enrollments/" + enrollment + "/resume", Map.of());
            journey.advance(Duration.ofDays(1));

            List<String> path = journey.path(enrollment);
            boolean byHand = path.get(0).equals("intro:OPEN");
            assertThat(arrived(lead)).as("round %s: %s", round, path).isEqualTo(byHand ? 0 : 1);
            if (byHand) {
                assertThat(api.as(owner)
                                .post("/step-runs/" + run.id() + "/complete", Map.of("doneElsewhere", true))
                                .status())
                        .isEqualTo(200);
                journey.run();
            }
            assertThat(journey.path(enrollment))
                    .containsExactly(byHand ? "intro:DONE:DONE_ELSEWHERE" : "intro:DONE:SENT", "end:OPEN");
        }
        assertThat(findings(sequence)).isEmpty();
        assertThat(findings(atOnce)).isEmpty();
    }

    private Person round(Person owner, String path) {
        return path.endsWith("pause") ? team.manager() : owner;
    }

    private static void race(Callable<Api.Answer> one, Callable<Api.Answer> rival, Callable<Api.Answer> dispatcher)
            throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        CyclicBarrier start = new CyclicBarrier(3);
        List<Future<Api.Answer>> racing = List.of(one, rival, dispatcher).stream()
                .map(work -> executor.submit(() -> {
                    start.await();
                    return work.call();
                }))
                .toList();
        for (Future<Api.Answer> each : racing) {
            Api.Answer answer = each.get();
            if (answer != null) {
                assertThat(answer.status()).as(answer.toString()).isIn(200, 409);
            }
        }
        executor.shutdown();
    }

    private List<String> findings(SequenceId sequence) {
        return api.as(users.administrator())
                .post("/admin/check?sequence=" + sequence, Map.of())
                .body()
                .path("findings")
                .findValuesAsText("message");
    }
}
