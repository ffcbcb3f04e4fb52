package io.upnext.engine.webapp;

import static io.upnext.engine.webapp.Browser.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.engine.identity.EngineIds;
import io.upnext.security.Role;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a seller sees and does in Tasklist: the own tasks, and nothing of anybody else. */
@UpnextTest
class TasklistTest {

    @LocalServerPort
    int port;

    @Autowired
    TestUsers users;

    @Autowired
    TaskService tasks;

    @Autowired
    MutableClock clock;

    @Autowired
    JdbcClient jdbc;

    final List<String> made = new ArrayList<>();

    Person seller;
    Person colleague;
    Browser browser;

    @BeforeEach
    void logIn() {
        var unit = users.unit().id();
        seller = users.with(unit, Role.SALESPERSON);
        colleague = users.with(unit, Role.SALESPERSON);
        browser = new Browser(port).logIn(seller);
    }

    @AfterEach
    void clean() {
        made.forEach(task -> tasks.deleteTask(task, true));
    }

    @Test
    void aSellerSeesTheOwnStepsAndThoseOfTheTeamNobodyHasTaken() {
        var team = users.team(seller.unit(), seller, colleague);
        var other = users.team(seller.unit(), colleague);
        var mine = task(seller.username());
        var hers = task(colleague.username());
        var ours = taskOf(EngineIds.group(team.id()));
        var theirs = taskOf(EngineIds.group(other.id()));
        var taken = taskOf(EngineIds.group(team.id()));
        tasks.claim(taken.getId(), colleague.username());

        var seen = browser.post(ENGINE + "/task", "{}").json().findValuesAsText("id");

        assertThat(seen)
                .contains(mine.getId(), ours.getId())
                .doesNotContain(hers.getId(), theirs.getId(), taken.getId());
        assertThat(browser.get(ENGINE + "/task/" + mine.getId()).status()).isEqualTo(200);
        assertThat(browser.get(ENGINE + "/task/" + ours.getId()).status()).isEqualTo(200);
        assertThat(browser.get(ENGINE + "/task/" + hers.getId()).status()).isEqualTo(404);
        assertThat(browser.get(ENGINE + "/task/" + taken.getId()).status()).isEqualTo(404);
        assertThat(browser.get(ENGINE + "/task/" + hers.getId() + "/form-variables")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theCountIsThatOfTheOwnSteps() {
        task(seller.username());
        task(colleague.username());

        assertThat(browser.post(ENGINE + "/task/count", "{}")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(browser.post(
                                ENGINE + "/task/count",
                                "{\"orQueries\": [{\"assignee\": \"" + colleague.username() + "\", \"name\": \"x\"}]}")
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    void theFiltersAskForTheOneWhoLooks() {
        var team = users.team(seller.unit(), seller, colleague);
        var mine = task(seller.username());
        var ours = taskOf(EngineIds.group(team.id()));
        var late = task(seller.username());
        late.setDueDate(Date.from(clock.instant().minus(Duration.ofDays(1))));
        tasks.saveTask(late);
        task(colleague.username());

        assertThat(filtered("My steps")).containsExactlyInAnyOrder(mine.getId(), late.getId());
        assertThat(filtered("My team")).containsExactly(ours.getId());
        assertThat(filtered("Overdue")).containsExactly(late.getId());
    }

    @Test
    void aSellerCompletesTheOwnStepWithItsResult() {
        var mine = task(seller.username());

        var answer = browser.post(ENGINE + "/task/" + mine.getId() + "/submit-form", """
                {"variables": {"outcome": {"value": "CONNECTED", "type": "String"}, "note": {"value": "Costs ${5}"},
                    "doneElsewhere": {"value": false}, "subject": {"value": null}}}
                """);

        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        assertThat(tasks.createTaskQuery().taskId(mine.getId()).count()).isZero();
    }

    @Test
    void aSellerCompletesNobodyElsesStep() {
        var hers = task(colleague.username());

        for (var action : List.of("complete", "submit-form", "unclaim")) {
            assertThat(browser.post(ENGINE + "/task/" + hers.getId() + "/" + action, "{}")
                            .status())
                    .as(action)
                    .isEqualTo(403);
        }
        assertThat(claim(hers).status()).isEqualTo(403);
        assertThat(assign(hers, seller.username()).status()).isEqualTo(403);
        assertThat(tasks.createTaskQuery().taskId(hers.getId()).singleResult().getAssignee())
                .isEqualTo(colleague.username());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"variables\": {\"enrollment\": {\"value\": \"other\"}}}",
                "{\"variables\": {\"outcome\": {\"value\": 1}}}",
                "{\"variables\": {\"outcome\": {\"value\": {\"a\": 1}}}}",
                "{\"variables\": {\"doneElsewhere\": {\"value\": \"yes\"}}}",
                "{\"variables\": {\"note\": {\"value\": \"x\", \"type\": \"Object\"}}}",
                "{\"variables\": {\"note\": {\"value\": \"x\", \"valueInfo\": {\"objectTypeName\": \"java.net.URL\"}}}}",
                "{\"variables\": {\"note\": {\"value\": \"x\", \"local\": true}}}",
                "{\"variables\": {\"note\": \"x\"}}",
                "{\"variables\": []}",
                "{\"other\": 1}",
                "[]"
            })
    void aStepTakesNothingButItsResult(String body) {
        var mine = task(seller.username());

        for (var action : List.of("complete", "submit-form")) {
            var answer = browser.post(ENGINE + "/task/" + mine.getId() + "/" + action, body);

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("detail").asText()).endsWith(".");
        }
        assertThat(tasks.createTaskQuery().taskId(mine.getId()).count()).isOne();
    }

    @Test
    void aSellerTakesAStepOfTheTeamAndGivesItBack() {
        var team = users.team(seller.unit(), seller, colleague);
        var ours = taskOf(EngineIds.group(team.id()));

        assertThat(claim(ours).status()).isEqualTo(204);
        assertThat(browser.post(ENGINE + "/task/" + ours.getId() + "/unclaim", "")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aSellerClaimsForNobodyElseAndAssignsToSomebodyThatExists() {
        var mine = task(seller.username());

        assertThat(browser.post(
                                ENGINE + "/task/" + mine.getId() + "/claim",
                                "{\"userId\": \"" + colleague.username() + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(assign(mine, "nobody-of-this-name").status()).isEqualTo(400);
        assertThat(assign(mine, colleague.username()).status()).isEqualTo(204);
        assertThat(browser.get(ENGINE + "/task/" + mine.getId()).status()).isEqualTo(404);
    }

    @Test
    void aSellerPostponesTheOwnStepAndChangesNothingElseOfIt() {
        var mine = task(seller.username());
        var whole = browser.get(ENGINE + "/task/" + mine.getId()).text();

        var renamed = whole.replace("\"A step\"", "\"Another\"");
        var postponed = whole.replace("\"followUp\":null", "\"followUp\":\"2026-03-09T09:00:00.000+0000\"");

        assertThat(browser.put(ENGINE + "/task/" + mine.getId(), renamed).status())
                .isEqualTo(403);
        assertThat(browser.put(ENGINE + "/task/" + mine.getId(), postponed).status())
                .isEqualTo(204);
        assertThat(tasks.createTaskQuery().taskId(mine.getId()).singleResult().getFollowUpDate())
                .isEqualTo("2026-03-09T09:00:00.000Z");
    }

    @Test
    void anAdministratorSeesEveryStep() {
        var hers = task(colleague.username());
        var administrator = new Browser(port).logIn(users.administrator());

        assertThat(administrator.get(ENGINE + "/task/" + hers.getId()).status()).isEqualTo(200);
    }

    @Test
    void aNewMemberOfATeamSeesItsStepsAtOnce() {
        var team = users.team(seller.unit(), colleague);
        var theirs = taskOf(EngineIds.group(team.id()));
        assertThat(browser.get(ENGINE + "/task/" + theirs.getId()).status()).isEqualTo(404);

        users.team(seller.unit(), seller);
        var ours = taskOf(
                EngineIds.group(users.team(seller.unit(), seller, colleague).id()));

        assertThat(browser.get(ENGINE + "/task/" + ours.getId()).status()).isEqualTo(200);
        assertThat(browser.get(ENGINE + "/task/" + theirs.getId()).status()).isEqualTo(404);
    }

    @Test
    void noStepCostsARowOfAuthorizations() {
        var before = authorizations();

        task(seller.username());
        taskOf(EngineIds.group(users.team(seller.unit(), seller).id()));

        assertThat(authorizations()).isEqualTo(before);
    }

    private long authorizations() {
        return jdbc.sql("select count(*) from act_ru_authorization")
                .query(Long.class)
                .single();
    }

    private Task task(String assignee) {
        var task = tasks.newTask();
        task.setName("A step");
        task.setAssignee(assignee);
        tasks.saveTask(task);
        made.add(task.getId());
        return task;
    }

    private Task taskOf(String group) {
        var task = task(null);
        tasks.addCandidateGroup(task.getId(), group);
        return task;
    }

    private Browser.Answer claim(Task task) {
        return browser.post(ENGINE + "/task/" + task.getId() + "/claim", "{\"userId\": \"" + seller.username() + "\"}");
    }

    private Browser.Answer assign(Task task, String to) {
        return browser.post(ENGINE + "/task/" + task.getId() + "/assignee", "{\"userId\": \"" + to + "\"}");
    }

    private List<String> filtered(String name) {
        var filters = browser.get(ENGINE + "/filter?resourceType=Task").json();
        for (var filter : filters) {
            if (filter.path("name").asText().equals(name)) {
                return browser.post(ENGINE + "/filter/" + filter.path("id").asText() + "/list", "{}")
                        .json()
                        .findValuesAsText("id");
            }
        }
        throw new AssertionError("There is no filter " + name);
    }
}
