package io.upnext.worklist.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.upnext.record.CrmRecord;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** The seller's page in a real browser: by keyboard alone, under the strict policy, readable by everybody. */
@UpnextTest
class WorkInBrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @Autowired
    TestUsers users;

    @Autowired
    Environment environment;

    @Autowired
    ApplicationContext context;

    private final List<String> complaints = new ArrayList<>();
    Selling selling;
    Playwright playwright;
    Page page;

    @BeforeEach
    void aBrowser() {
        assumeTrue(Files.exists(CHROMIUM), "Chromium is not installed");
        selling = new Selling(context);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
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

    @AfterEach
    void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    private void logIn(Person person) {
        go("/login");
        page.fill("[name=username]", person.username());
        page.fill("[name=password]", person.password());
        page.locator("main button[type=submit]").click();
        page.waitForURL("**/work*");
    }

    private void go(String path) {
        page.navigate("http://localhost:" + environment.getRequiredProperty("local.server.port") + path);
    }

    private void isReadableByEverybody() {
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }

    private Locator item(String title) {
        return page.locator("[data-item-title]", new Page.LocatorOptions().setHasText(title));
    }

    @Test
    void a_seller_works_the_list_by_keyboard_alone() {
        Person seller = users.seller();
        selling.openStep(seller, Selling.TASK);
        selling.openStep(seller, Selling.CALL);
        logIn(seller);
        assertThat(item("Arrange the meeting")).isVisible();

        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(item("First call")).isFocused();
        assertThat(page.locator(".work-entry[aria-current]")).containsText("First call");
        isReadableByEverybody();
        page.keyboard().press("e");
        assertThat(page.locator("#outcome")).isFocused();
        page.keyboard().type("Bus");
        page.keyboard().press("Tab");
        page.keyboard().type("Line was busy");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");

        assertThat(item("Arrange the meeting")).isFocused();
        assertThat(page.locator("#toasts")).containsText("Step completed.");
        assertThat(page.locator(".work-entry")).hasCount(1);
        page.keyboard().press("?");
        assertThat(page.locator("#work-keys")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#work-keys")).isHidden();
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_mail_is_written_as_people_see_it() {
        Person seller = users.seller();
        selling.equipWithMail(seller);
        selling.openStep(seller, Selling.EMAIL);
        logIn(seller);
        isReadableByEverybody();

        page.fill("#subject", "Hello");
        page.locator(".editor-text").click();
        page.keyboard().type("Good morning");
        assertThat(page.locator("#html")).hasValue("Good morning");
        page.locator("button[value=send]").click();

        assertThat(page.locator("#toasts")).containsText("Step completed.");
        assertThat(page.locator("#work")).containsText("All done");
        isReadableByEverybody();
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_manager_connects_a_record_and_disconnects_it() {
        Person seller = users.seller();
        CrmRecord lead = selling.lead(seller);
        String sequence = selling.sequence(Selling.TASK);
        logIn(selling.manager());
        go("/sequences/" + sequence + "/connected");

        page.locator("[data-open-dialog=connect-dialog]").click();
        page.fill("#connect-q", lead.text("lastName"));
        page.keyboard().press("Enter");
        assertThat(page.locator(".connect-found label")).hasCount(1);
        isReadableByEverybody();
        page.locator(".connect-found input").check();
        page.locator("#connect-parts form .btn-primary").click();
        assertThat(page.locator("#connect-progress")).containsText("0 of 1 done");
        selling.settle();
        assertThat(page.locator("#connect-progress")).containsText("1 connected, 0 refused");
        page.locator("#connect-progress button").click();

        Locator row = page.locator("#enrollments-panel tbody tr");
        assertThat(row).containsText(Pattern.compile(lead.text("lastName") + ".*Arrange the meeting", Pattern.DOTALL));
        isReadableByEverybody();
        row.locator("button[hx-post*='/disconnect']").click();
        page.locator("#confirm button[value=yes]").click();
        assertThat(row).containsText("Disconnected by hand");
        assertThat(complaints).isEmpty();
    }
}
