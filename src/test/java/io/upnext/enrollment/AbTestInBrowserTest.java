package io.upnext.enrollment;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.UpnextTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** An A/B test designed, followed and stopped in a real browser. */
@UpnextTest
class AbTestInBrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @Autowired
    private Journey journey;

    @Autowired
    private Api api;

    @Autowired
    private Environment environment;

    private final List<String> complaints = new ArrayList<>();
    private Page page;

    @Test
    void a_manager_designs_a_test_sees_its_figures_and_stops_it() {
        assumeTrue(Files.exists(CHROMIUM), "Chromium is not installed");
        SalesTeam team = journey.team();
        String a = journey.template(team);
        String b = journey.template(team);
        String id = api.as(team.manager())
                .post("/sequences", Map.of("name", "Two mails", "recordType", "LEAD", "steps", List.of()))
                .body()
                .at("/id")
                .asText();
        try (Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            open(playwright);
            go("/login?lang=en");
            page.locator("[name=username]").fill(team.manager().username());
            page.locator("[name=password]").fill(team.manager().password());
            page.locator("main button[type=submit]").click();
            page.waitForURL("**/work*");

            design(id, a, b);
            api.as(team.manager()).post("/sequences/" + id + "/activate", Map.of("changeDescription", "first"));
            journey.connect(team, SequenceId.of(id), journey.lead(team), journey.lead(team));
            follow(id);
        }
        assertThat(complaints).isEmpty();
    }

    private void open(Playwright playwright) {
        page = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")))
                .newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    private void design(String id, String a, String b) {
        go("/sequences/" + id + "/steps/new?at=steps%5B0%5D&type=AB_TEST");
        page.locator("[name=name]").fill("Which mail?");
        page.locator("[name=a-template]").selectOption(a);
        page.locator("[name=b-template]").selectOption(b);
        page.locator("[name=split]").fill("40");
        page.locator("[name=winner]").selectOption("CLICKS");
        page.locator("[name=until]").fill("2031-03-31T09:00");
        page.locator("[name=default]").selectOption("B");
        isReadableByEverybody();
        button("Save").click();
        page.waitForURL("**/edit");
        go("/sequences/" + id + "/steps/edit?at=steps%5B0%5D");
        assertThat(page.locator("[name=until]")).hasValue("2031-03-31T09:00");
        button("Save").click();
        page.waitForURL("**/edit");
        go("/sequences/" + id);
        assertThat(page.locator(".problems-none")).isVisible();
        assertThat(page.locator("main")).containsText("40 : 60 · more clicks wins");
    }

    private void follow(String id) {
        go("/sequences/" + id);
        page.locator("nav.tabs a", new Page.LocatorOptions().setHasText("A/B tests"))
                .click();
        assertThat(page.locator("#tests-panel tbody tr")).hasCount(2);
        assertThat(page.locator("#tests-panel")).containsText("Running");
        isReadableByEverybody();
        button("Stop and send B to everybody").click();
        page.locator("dialog[open] button.btn-danger, dialog[open] button.btn-primary")
                .first()
                .click();
        assertThat(page.locator("#tests-panel [role=status]")).containsText("Everybody gets B.");
        assertThat(page.locator("#tests-panel [role=status]")).containsText("Stopped by");
        isReadableByEverybody();
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private void go(String path) {
        page.navigate("http://localhost:" + environment.getRequiredProperty("local.server.port") + path);
    }

    private void isReadableByEverybody() {
        assertThat(new AxeBuilder(page).exclude("iframe[sandbox]").analyze().getViolations())
                .as(page.url())
                .isEmpty();
        String folder = System.getProperty("shots");
        if (folder != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(folder, "abtest-" + System.nanoTime() + ".png")));
        }
    }
}
