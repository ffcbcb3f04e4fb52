package io.upnext.engine.webapp;

import static io.upnext.engine.webapp.Browser.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.State;
import io.upnext.shared.EnrollmentId;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Steps of a sequence, worked in Tasklist by the seller they are for. */
@UpnextTest
class TasklistJourneyTest {

    @LocalServerPort
    int port;

    @Autowired
    Journey journey;

    @Autowired
    TestUsers users;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    SalesTeam team;
    Browser seller;

    @BeforeEach
    void logIn() {
        team = journey.team();
        seller = new Browser(port).logIn(team.seller());
    }

    @Test
    void aCallIsCompletedWithItsOutcomeAndLeavesNothingBehind() {
        var enrollment = connect("""
                [{"id": "call", "type": "PHONE_CALL", "name": "First call", "script": "Say hello"},
                 {"id": "meet", "type": "TASK", "name": "Meet"}]
                """);
        var task = taskOf(enrollment);

        assertThat(seller.get(ENGINE + "/task/" + task + "/form").json().toString())
                .contains("upnext-phone-call");
        assertThat(seller.get(ENGINE + "/task/" + task + "/deployed-form").text())
                .contains("\"upnext-phone-call\"");
        assertThat(seller.get(ENGINE + "/task/" + task + "/form-variables")
                        .json()
                        .path("recordName")
                        .path("value")
                        .asText())
                .startsWith("Ada");

        var answer = submit(task, "\"outcome\": {\"value\": \"CONNECTED\"}, \"note\": {\"value\": \"Nice\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        journey.run();
        assertThat(journey.path(enrollment)).containsExactly("call:DONE:CONNECTED", "meet:OPEN");
        var instance = journey.enrollment(enrollment).processInstanceId();
        assertThat(runtime.createVariableInstanceQuery()
                        .processInstanceIdIn(instance)
                        .variableNameIn("outcome", "note", "skip", "subject", "body", "doneElsewhere")
                        .list())
                .isEmpty();
    }

    @Test
    void aCallWithoutItsOutcomeIsRefusedWithASentence() {
        var enrollment = connect("[{\"id\": \"call\", \"type\": \"PHONE_CALL\", \"name\": \"First call\"}]");
        var task = taskOf(enrollment);

        var answer = submit(task, "\"note\": {\"value\": \"Nice\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).startsWith("A call needs its outcome");
        assertThat(answer.json().path("message").asText()).startsWith("A call needs its outcome");
        assertThat(journey.path(enrollment)).containsExactly("call:OPEN");
    }

    @Test
    void aMailNeedsTheMailOrTheWordThatItWasDoneElsewhere() {
        var enrollment = connect("[{\"id\": \"mail\", \"type\": \"EMAIL\", \"name\": \"Write\"}]");
        var task = taskOf(enrollment);

        assertThat(submit(task, "\"note\": {\"value\": \"Nice\"}").status()).isEqualTo(422);
        var answer = submit(task, "\"doneElsewhere\": {\"value\": true}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        journey.run();
        assertThat(journey.path(enrollment)).containsExactly("mail:DONE:DONE_ELSEWHERE");
    }

    @Test
    void aStepIsSkipped() {
        var enrollment = connect("[{\"id\": \"call\", \"type\": \"PHONE_CALL\", \"name\": \"First call\"}]");

        assertThat(submit(taskOf(enrollment), "\"skip\": {\"value\": true}").status())
                .isEqualTo(204);

        journey.run();
        assertThat(journey.path(enrollment)).containsExactly("call:SKIPPED:SKIPPED");
    }

    @Test
    void aColleagueNeitherSeesNorCompletesTheStep() {
        var enrollment = connect("[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        var task = taskOf(enrollment);
        var colleague = new Browser(port).logIn(users.with(team.seller().unit(), io.upnext.security.Role.SALESPERSON));

        assertThat(colleague.get(ENGINE + "/task/" + task).status()).isEqualTo(404);
        assertThat(colleague.post(ENGINE + "/task/" + task + "/complete", "{}").status())
                .isEqualTo(403);
        assertThat(colleague.get(ENGINE + "/task/" + task + "/deployed-form").status())
                .isEqualTo(403);
        assertThat(journey.enrollment(enrollment).state()).isEqualTo(State.CONNECTED);
    }

    @Test
    void anAdministratorSeesTheInstanceInCockpit() {
        var enrollment = connect("[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        var instance = journey.enrollment(enrollment).processInstanceId();
        var administrator = new Browser(port).logIn(users.administrator());

        assertThat(administrator
                        .get(ENGINE + "/process-instance/" + instance)
                        .json()
                        .path("businessKey")
                        .asText())
                .startsWith("lead:");
        assertThat(administrator
                        .get(ENGINE + "/process-instance/" + instance + "/activity-instances")
                        .status())
                .isEqualTo(200);
        assertThat(administrator
                        .post(
                                "/camunda/api/cockpit/plugin/base/default/process-instance",
                                "{\"processInstanceId\": \"" + instance + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private EnrollmentId connect(String steps) {
        return journey.connect(team, journey.sequence(team, steps), journey.lead(team));
    }

    private String taskOf(EnrollmentId enrollment) {
        return tasks.createTaskQuery()
                .processInstanceId(journey.enrollment(enrollment).processInstanceId())
                .singleResult()
                .getId();
    }

    private Browser.Answer submit(String task, String variables) {
        return seller.post(ENGINE + "/task/" + task + "/submit-form", "{\"variables\": {" + variables + "}}");
    }
}
