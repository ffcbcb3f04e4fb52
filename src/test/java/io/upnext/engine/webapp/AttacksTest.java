package io.upnext.engine.webapp;

import static io.upnext.engine.webapp.Browser.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.security.Role;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The known attacks on the engine's web applications, over HTTP and logged in. */
@UpnextTest
class AttacksTest {

    private static final String REFLECTION =
            "${''.getClass().forName('java.lang.System').getMethod('setProperty', ''.getClass(), ''.getClass())"
                    + ".invoke(null, 'upnext.attacked', 'yes')}";

    @LocalServerPort
    int port;

    @Autowired
    TestUsers users;

    @Autowired
    IdentityService identity;

    @Autowired
    RepositoryService repository;

    @Autowired
    JdbcClient jdbc;

    Browser seller;
    Browser administrator;

    @BeforeEach
    void logIn() {
        seller = new Browser(port).logIn(users.with(Role.SALESPERSON));
        administrator = new Browser(port).logIn(users.administrator());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"orQueries\": [{\"assigneeExpression\": \"%s\"}]}",
                "{\"assigneeExpression\": \"%s\"}",
                "{\"orQueries\": [{\"candidateUserExpression\": \"%s\"}]}",
                "{\"orQueries\": [{\"assigneeExpr\\u0065ssion\": \"%s\"}]}",
                "{\"a\": [[{\"dueBeforeExpression\": \"%s\"}]]}",
                "{\"orQueries\": [{\"nameExpression\": \"%s\", \"nameExpression\": null}]}"
            })
    void noExpressionComesInWithAQuery(String template) {
        var body = template.formatted(REFLECTION);

        for (var browser : new Browser[] {seller, administrator}) {
            assertThat(browser.post(ENGINE + "/task", body).status()).isEqualTo(400);
            assertThat(browser.post(ENGINE + "/task/count", body).status()).isEqualTo(400);
            assertThat(browser.post(ENGINE + "/filter/" + aFilter() + "/list", body)
                            .status())
                    .isEqualTo(400);
        }
        assertThat(System.getProperty("upnext.attacked")).isNull();
    }

    @Test
    void theRefusalIsOneSentenceInJson() {
        var answer = seller.post(
                ENGINE + "/task", "{\"orQueries\": [{\"assigneeExpression\": \"%s\"}]}".formatted(REFLECTION));

        assertThat(answer.json().path("detail").asText())
                .isEqualTo("'assigneeExpression' is refused: expressions are not evaluated for anybody.");
    }

    @Test
    void noExpressionComesInAsAParameter() {
        assertThat(seller.get(ENGINE + "/task?assigneeExpression=%24%7B1%7D").status())
                .isEqualTo(400);
        assertThat(seller.post(ENGINE + "/task?candidateUserExpression=%24%7B1%7D", "{}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void nobodyStoresAFilter() {
        var filter = """
                {"resourceType": "Task", "name": "x", "query": {"orQueries": [{"assigneeExpression": "%s"}]}}
                """.formatted(REFLECTION);

        for (var browser : new Browser[] {seller, administrator}) {
            assertThat(browser.post(ENGINE + "/filter/create", filter).status()).isEqualTo(403);
            assertThat(browser.put(ENGINE + "/filter/" + aFilter(), filter).status())
                    .isBetween(400, 403);
            assertThat(browser.send("DELETE", ENGINE + "/filter/" + aFilter(), null, null)
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void theSetUpMakesNobodyAnAdministrator() {
        var user = """
                {"profile": {"id": "evil", "firstName": "E", "lastName": "Vil"}, "credentials": {"password": "evil-evil-evil"}}
                """;

        for (var browser : new Browser[] {new Browser(port), seller, administrator}) {
            assertThat(browser.post("/camunda/api/admin/setup/default/user/create", user)
                            .status())
                    .isIn(401, 403);
            assertThat(browser.get("/camunda/api/admin/setup/default/user/create")
                            .status())
                    .isIn(401, 403);
            assertThat(browser.get("/camunda/app/admin/default/setup/").status())
                    .isIn(302, 403);
            assertThat(browser.post("/camunda/app/admin/default/setup/", "{}").status())
                    .isIn(302, 403);
            assertThat(browser.get("/camunda/app/admin/default/setup").status()).isIn(302, 403);
        }
        assertThat(identity.createUserQuery().userId("evil").count()).isZero();
        assertThat(jdbc.sql("select count(*) from act_id_user")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void theEnginesRestInterfaceIsNotThere() {
        var nobody = new Browser(port);

        for (var path : new String[] {"/engine-rest", "/engine-rest/engine", "/engine-rest/task"}) {
            assertThat(nobody.get(path).status()).isIn(401, 404);
            assertThat(seller.get(path).status()).isIn(401, 403, 404);
            assertThat(nobody.post(path, "{}").status()).isIn(401, 403, 404);
        }
    }

    @Test
    void nobodyDeploysOverHttp() {
        var before = repository.createDeploymentQuery().count();
        var upload = "--x\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nevil\r\n--x\r\n"
                + "Content-Disposition: form-data; name=\"f\"; filename=\"evil.bpmn\"\r\n\r\n<definitions/>\r\n--x--\r\n";

        for (var browser : new Browser[] {seller, administrator}) {
            assertThat(browser.send("POST", ENGINE + "/deployment/create", upload, "multipart/form-data; boundary=x")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /process-definition/key/x/start",
                "POST /process-definition/x/submit-form",
                "POST /process-instance/x/modification",
                "POST /process-instance/delete",
                "DELETE /process-instance/x",
                "PUT /process-instance/x/variables/a",
                "PUT /process-instance/x/suspended",
                "POST /migration/execute",
                "POST /modification/execute",
                "POST /message",
                "POST /signal",
                "POST /execution/x/signal",
                "POST /job/x/execute",
                "POST /job/retries",
                "POST /history/cleanup",
                "POST /history/process-instance/delete",
                "POST /authorization/create",
                "POST /user/create",
                "PUT /user/x/password",
                "PUT /group/camunda-admin/members/x",
                "POST /condition",
                "POST /decision-definition/key/x/evaluate",
                "POST /task/create",
                "DELETE /task/x",
                "POST /task/x/variables",
                "POST /task/x/bpmnError",
                "POST /task/x/identity-links",
                "POST /task/x/delegate",
                "POST /external-task/fetchAndLock",
                "POST /batch"
            })
    void whatTheProductDoesItselfIsDoneByNobodyHere(String request) {
        var method = request.substring(0, request.indexOf(' '));
        var path = ENGINE + request.substring(request.indexOf(' ') + 1);

        assertThat(seller.send(method, path, "{}", "application/json").status()).isEqualTo(403);
        assertThat(administrator.send(method, path, "{}", "application/json").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/process-instance",
                "/process-instance/count",
                "/process-definition",
                "/process-definition/statistics",
                "/deployment",
                "/history/process-instance",
                "/history/task",
                "/history/variable-instance",
                "/variable-instance",
                "/job",
                "/incident",
                "/execution",
                "/authorization",
                "/user",
                "/group",
                "/schema/log",
                "/metrics",
                "/telemetry/data"
            })
    void aSellerReadsNothingButTasks(String path) {
        assertThat(seller.get(ENGINE + path).status()).isEqualTo(403);
        assertThat(seller.post(ENGINE + path, "{}").status()).isEqualTo(403);
    }

    @Test
    void aBodyThatIsTooLargeOrNoJsonIsRefused() {
        assertThat(seller.post(ENGINE + "/task", "{\"name\": \"" + "x".repeat(600_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(seller.post(ENGINE + "/task", "{'name': 1}").status()).isEqualTo(400);
        assertThat(seller.post(ENGINE + "/task", "[".repeat(100)).status()).isEqualTo(400);
        assertThat(seller.send("POST", ENGINE + "/task", "{}", "text/plain").status())
                .isEqualTo(415);
        assertThat(seller.send("POST", ENGINE + "/task", "assigneeExpression=1", "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(415);
    }

    private String aFilter() {
        return seller.get(ENGINE + "/filter?resourceType=Task")
                .json()
                .path(0)
                .path("id")
                .asText();
    }
}
