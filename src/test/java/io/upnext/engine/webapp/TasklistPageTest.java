package io.upnext.engine.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.upnext.testing.Journey;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The web applications as people see them, in a real browser. */
@UpnextTest
@EnabledIf("aBrowserIsThere")
class TasklistPageTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    static Playwright playwright;
    static Browser chromium;

    @LocalServerPort
    int port;

    @Autowired
    Journey journey;

    @Autowired
    TestUsers users;

    static boolean aBrowserIsThere() {
        return CHROMIUM.toFile().canExecute();
    }

    @BeforeAll
    static void start() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(CHROMIUM).setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stop() {
        playwright.close();
    }

    @Test
    void aSellerCompletesACallInItsForm() {
        var team = journey.team();
        var enrollment = journey.connect(
                team,
                journey.sequence(
                        team,
                        "[{\"id\": \"call\", \"type\": \"PHONE_CALL\", \"name\": \"First call\", \"script\": \"Say hello\"}]"),
                journey.lead(team));
        var refused = new ArrayList<String>();
        var page = logIn(team.seller(), "/camunda/app/tasklist/default/", refused);

        page.getByText("My steps").first().click();
        page.getByText("First call").first().click();
        assertThat(page.getByText("Say hello").first()).isVisible();
        assertThat(page.getByText("Ada").first()).isVisible();
        page.locator(".fjs-form-field-select .fjs-input-group").click();
        page.getByText("Left voicemail").click();
        page.getByLabel("Note").fill("Again tomorrow");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete"))
                .click();
        assertThat(page.getByText("First call")).hasCount(0);

        journey.run();
        assertThat(journey.path(enrollment)).containsExactly("call:DONE:LEFT_VOICEMAIL");
        assertThat(refused).isEmpty();
    }

    @Test
    void anAdministratorSeesTheRunningSequencesInCockpit() {
        var team = journey.team();
        journey.connect(
                team,
                journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]"),
                journey.lead(team));
        var refused = new ArrayList<String>();
        var page = logIn(users.administrator(), "/camunda/app/cockpit/default/", refused);

        assertThat(page.getByText("Running Process Instances").first()).isVisible();
        page.navigate(root() + "/camunda/app/cockpit/default/#/processes");
        assertThat(page.getByText("Sequence").first()).isVisible();

        assertThat(refused).isEmpty();
    }

    private Page logIn(TestUsers.Person person, String path, List<String> refused) {
        var page = chromium.newContext(new Browser.NewContextOptions().setLocale("en"))
                .newPage();
        page.onResponse(response -> {
            if (response.status() >= 400) {
                refused.add(response.status() + " " + response.request().method() + " " + response.url());
            }
        });
        page.navigate(root() + path);
        page.locator("#username").fill(person.username());
        page.locator("#password").fill(person.password());
        page.locator("button[type=submit]").first().click();
        return page;
    }

    private String root() {
        return "http://localhost:" + port;
    }
}
