package io.upnext.engine.webapp;

import static io.upnext.engine.webapp.Browser.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.security.Role;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@UpnextTest
class SingleLogInTest {

    @LocalServerPort
    int port;

    @Autowired
    TestUsers users;

    @Test
    void whoIsNotLoggedInIsSentToTheLogInAndTheApiRefuses() {
        var nobody = new Browser(port);

        assertThat(nobody.get("/camunda/app/tasklist/default/").status()).isEqualTo(302);
        assertThat(nobody.get("/camunda/app/tasklist/default/").location()).endsWith("/login");
        assertThat(nobody.get(ENGINE + "/task").status()).isEqualTo(401);
        assertThat(nobody.post(ENGINE + "/task", "{}").status()).isEqualTo(401);
        assertThat(nobody.post(ENGINE + "/task", "{}").json().path("detail").asText())
                .isEqualTo("Log in at /login first.");
    }

    @Test
    void aSellerOpensTasklistWithTheProductsLogIn() {
        var seller = users.with(Role.SALESPERSON);
        var browser = new Browser(port).logIn(seller);

        assertThat(browser.get("/camunda/app/tasklist/default/").status()).isEqualTo(200);
        assertThat(browser.get("/camunda/app/tasklist/styles/user-styles.css").text())
                .contains(".start-process-action", ".create-task-action", "display: none");
        var me = browser.get("/camunda/api/admin/auth/user/default").json();
        assertThat(me.path("userId").asText()).isEqualTo(seller.username());
        assertThat(me.path("authorizedApps").toString()).contains("tasklist").doesNotContain("cockpit", "admin");
        assertThat(browser.post(ENGINE + "/task", "{}").status()).isEqualTo(200);
    }

    @Test
    void aSellerDoesNotOpenCockpitOrAdmin() {
        var browser = new Browser(port).logIn(users.with(Role.SALESPERSON));

        var refused = browser.get("/camunda/app/cockpit/default/");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.contentSecurityPolicy()).contains("script-src 'self'");
        assertThat(refused.text())
                .contains("<h1>You have no right to do this</h1>", "You work your own steps here", "href=\"/\"")
                .doesNotContain("about:blank", "data-back");
        assertThat(browser.send("GET", "/camunda/api/cockpit/plugin/base/default/incident", null, null)
                        .text())
                .startsWith("{");
        assertThat(browser.get("/camunda/app/admin/default/").status()).isEqualTo(403);
    }

    @Test
    void anAdministratorOpensCockpitWithTheProductsLogIn() {
        var browser = new Browser(port).logIn(users.administrator());

        assertThat(browser.get("/camunda/app/cockpit/default/").status()).isEqualTo(200);
        assertThat(browser.get(ENGINE + "/process-definition").status()).isEqualTo(200);
        assertThat(browser.post(ENGINE + "/process-instance", "{}").status()).isEqualTo(200);
        assertThat(browser.post("/camunda/api/cockpit/plugin/base/default/incident", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWriteWithoutTheWebApplicationsTokenIsRefused() {
        var browser = new Browser(port).logIn(users.with(Role.SALESPERSON));

        browser.forgetToken();

        assertThat(browser.post(ENGINE + "/task", "{}").status()).isEqualTo(403);
    }

    @Test
    void thePagesKeepAContentSecurityPolicy() {
        var browser = new Browser(port).logIn(users.with(Role.SALESPERSON));

        assertThat(browser.get("/camunda/app/tasklist/default/").contentSecurityPolicy())
                .contains("frame-ancestors 'none'", "object-src 'none'");
    }

    @Test
    void whoLogsOutOfTasklistIsLoggedOutOfTheProduct() {
        var browser = new Browser(port).logIn(users.with(Role.SALESPERSON));

        assertThat(browser.post("/camunda/api/admin/auth/user/default/logout", "")
                        .status())
                .isLessThan(300);
        assertThat(browser.get("/camunda/app/tasklist/default/").status()).isEqualTo(302);
    }

    @Test
    void nobodyLogsInByTheWebApplications() {
        var seller = users.with(Role.SALESPERSON);
        var browser = new Browser(port).logIn(seller);

        var answer = browser.send(
                "POST",
                "/camunda/api/admin/auth/user/default/login/cockpit",
                "username=" + seller.username() + "&password=secret",
                "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void theThreeFiltersAreThereForEverybody() {
        var browser = new Browser(port).logIn(users.with(Role.SALESPERSON));

        var filters = browser.get(ENGINE + "/filter?resourceType=Task").json();

        assertThat(filters.findValuesAsText("name")).contains("My steps", "My team", "Overdue");
        filters.forEach(filter -> assertThat(
                        browser.post(ENGINE + "/filter/" + filter.path("id").asText() + "/list", "{}")
                                .status())
                .isEqualTo(200));
    }
}
