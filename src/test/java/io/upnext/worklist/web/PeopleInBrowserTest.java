package io.upnext.worklist.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.upnext.security.Role;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** Many steps at once by keyboard, and the pages of handing over and of tags, in a real browser under the strict policy. */
@UpnextTest
class PeopleInBrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @Autowired
    TestUsers users;

    @Autowired
    Environment environment;

    @Autowired
    ApplicationContext context;

    private final List<String> complaints = new ArrayList<>();
    private Page page;

    private void go(String path) {
        page.navigate("http://localhost:" + environment.getRequiredProperty("local.server.port") + path);
    }

    private void isReadableByEverybody() {
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }

    @Test
    void chosen_steps_are_skipped_together_and_the_pages_read_well() {
        assumeTrue(Files.exists(CHROMIUM), "Chromium is not installed");
        Selling selling = new Selling(context);
        Person manager = users.with(Role.SALES_MANAGER);
        selling.connect(
                selling.sequence(Selling.TASK), selling.lead(manager), selling.lead(manager), selling.lead(manager));
        try (Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
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
            go("/login");
            page.fill("[name=username]", manager.username());
            page.fill("[name=password]", manager.password());
            page.locator("main button[type=submit]").click();
            page.waitForURL("**/work*");

            page.locator(".work-entry").first().focus();
            page.keyboard().press("x");
            page.keyboard().press("j");
            page.keyboard().press("x");
            assertThat(page.locator(".work-row input:checked")).hasCount(2);
            page.selectOption("#many-action", "SKIP");
            isReadableByEverybody();
            page.locator("#work-many button").click();

            assertThat(page.locator(".notice")).containsText("2 steps done");
            assertThat(page.locator(".work-entry")).hasCount(1);
            for (String path : List.of("/hand-overs", "/tags")) {
                go(path);
                isReadableByEverybody();
            }
        }
        assertThat(complaints).isEmpty();
    }
}
