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
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Filters written in a real browser: of a step, with the keyboard alone, and of an audience that is then started. */
@UpnextTest
class FiltersInBrowserTest {

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
    void a_manager_writes_the_filters_of_a_step_and_of_an_audience() {
        assumeTrue(Files.exists(CHROMIUM), "Chromium is not installed");
        SalesTeam team = journey.team();
        SequenceId sequence = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        String draft = api.as(team.manager())
                .post("/sequences", Map.of("name", "Filtered", "recordType", "LEAD", "steps", List.of()))
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

            step(team, draft);
            audience(team, sequence);
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

    private void step(SalesTeam team, String draft) {
        go("/sequences/" + draft + "/steps/new?at=steps%5B0%5D&type=CONDITION");
        page.locator("[name=ask]").selectOption("field");
        button("Add condition").focus();
        page.keyboard().press("Enter");
        assertThat(field(1)).isFocused();
        chooseByKeys("rating");
        page.keyboard().press("Tab");
        assertThat(operator(1)).containsText("is one of");
        assertThat(field(1)).hasValue("rating");
        operator(1).selectOption("IN");
        condition(1).getByLabel("Hot").check();
        condition(1).getByLabel("Warm").check();
        button("Add group").click();
        assertThat(field(2)).isFocused();
        field(2).selectOption("createdAt");
        assertThat(operator(2)).containsText("was in the last");
        operator(2).selectOption("IN_LAST_DAYS");
        condition(2).getByLabel("days").fill("30");
        button("Add to this group").click();
        assertThat(field(3)).isFocused(); // A new line does what it does from the moment it has the focus
        field(3).selectOption("sequence");
        assertThat(operator(3)).containsText("is not empty");
        operator(3).selectOption("IS_EMPTY");
        assertThat(condition(3).locator(".filter-value")).hasCount(0);
        assertThat(page.locator(".filter-editor [role=status]")).hasText("3 conditions, 8 are the most.");
        isReadableByEverybody();
        button("Save").click();
        page.waitForURL("**/edit");

        assertThat(api.as(team.manager())
                        .get("/sequences/" + draft)
                        .body()
                        .at("/steps/0/test/field")
                        .toString())
                .isEqualTo("{\"all\":[{\"field\":\"rating\",\"op\":\"IN\",\"value\":[\"HOT\",\"WARM\"]},"
                        + "{\"any\":[{\"field\":\"createdAt\",\"op\":\"IN_LAST_DAYS\",\"value\":30},"
                        + "{\"field\":\"sequence\",\"op\":\"IS_EMPTY\"}]}]}");
        go("/sequences/" + draft + "/steps/edit?at=steps%5B0%5D&lang=de");
        assertThat(condition(1, "Bedingung ").getByLabel("Hei")).isChecked();
        page.locator("summary", new Page.LocatorOptions().setHasText("Erweitert: als JSON"))
                .click();
        page.locator("textarea[name=filter]")
                .fill("{\"any\": [{\"field\": \"city\", \"op\": \"EQUALS\", \"value\": \"Bonn\"}]}");
        page.keyboard().press("Tab");
        assertThat(page.locator(".filter-row")).hasCount(1);
        assertThat(page.locator("input[name$='.value']")).hasValue("Bonn");
        go("/account?lang=en");
    }

    /** Each key chooses another field, whose operators are brought while the next key is pressed. */
    private void chooseByKeys(String value) {
        field(1).evaluate("list => list.chosenFrom = true");
        for (int pressed = 0; !field(1).inputValue().equals(value); pressed++) {
            assertThat(pressed).as("keys pressed").isLessThan(100);
            page.keyboard().press("ArrowDown");
        }
        page.waitForFunction("() => !document.querySelector('.filter-editor .htmx-request')");
        assertThat(field(1)).isFocused();
        assertThat(field(1).evaluate("list => list.chosenFrom")).isEqualTo(true); // It was not replaced meanwhile
    }

    private void audience(SalesTeam team, SequenceId sequence) {
        String company = TestUsers.next("Company");
        journey.lead(team, Map.of("company", company, "firstName", "Grace", "lastName", "Hopper"));
        journey.lead(team, Map.of("company", company, "firstName", "Ada", "lastName", "Lovelace"));
        journey.lead(team);
        go("/sequences/" + sequence);
        page.locator("#audiences").getByText("New audience").click();
        page.locator("[name=name]").fill("Two of a company");
        button("Add condition").click();
        assertThat(field(1)).isFocused();
        field(1).selectOption("company");
        assertThat(operator(1)).containsText("contains");
        condition(1).getByLabel("Value").fill(company);
        button("Look").click();
        assertThat(page.locator("#found")).containsText("2 records");
        assertThat(page.locator("#found")).containsText("Grace Hopper");
        isReadableByEverybody();
        page.locator("[name=when][value=ON_CHANGE]").check();
        button("Save").click();
        button("Switch on").click();
        page.locator("dialog[open] button.btn-danger, dialog[open] button.btn-primary")
                .first()
                .click();
        assertThat(page.locator("h1 .state")).hasText("On");
        String audience = page.url();
        journey.run();
        page.locator("#audience a", new Page.LocatorOptions().setHasText("Sequence"))
                .or(page.locator("#audience a[href$='" + sequence + "']"))
                .first()
                .click();
        assertThat(page.locator("#audiences li")).containsText("2 connected, 0 waiting");
        assertThat(page.locator("#audiences li")).containsText("On");
        page.locator("#audiences li a").click();
        assertThat(page).hasURL(audience);
        button("Delete").click();
        page.locator("dialog[open] button.btn-danger, dialog[open] button.btn-primary")
                .first()
                .click();
        page.waitForURL("**/audiences");
    }

    private Locator condition(int number) {
        return condition(number, "Condition ");
    }

    private Locator condition(int number, String word) {
        return page.getByRole(
                AriaRole.GROUP,
                new Page.GetByRoleOptions().setName(word + number).setExact(true));
    }

    private Locator field(int number) {
        return condition(number).getByLabel("Field");
    }

    private Locator operator(int number) {
        return condition(number).getByLabel("Operator");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
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
                    .setPath(Path.of(folder, "filters-" + System.nanoTime() + ".png")));
        }
    }
}
