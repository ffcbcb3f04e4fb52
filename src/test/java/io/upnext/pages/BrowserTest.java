package io.upnext.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.upnext.testing.Chromium.fillLogIn;
import static io.upnext.testing.Chromium.isReadableByEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.upnext.security.Role;
import io.upnext.security.Users;
import io.upnext.sequence.Activations;
import io.upnext.sequence.Sequences;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Chromium;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** The pages as people see them: the main job in a real browser, without a complaint of the browser or of axe. */
@UpnextTest
class BrowserTest {

    private static final String CALL =
            "{\"id\": \"call\", \"type\": \"PHONE_CALL\", \"name\": \"First call\", \"script\": \"Say hello\"}";
    private static final String MEETING = "{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Arrange the meeting\"}";

    @RegisterExtension
    final Chromium chromium = new Chromium();

    @Autowired
    Journey journey;

    @Autowired
    TestUsers users;

    @Autowired
    Users accounts;

    @Autowired
    Sequences sequences;

    @Autowired
    Activations activations;

    @Test
    void aWrongLogInIsAnsweredByASentence() {
        var page = chromium.open();
        page.navigate(chromium.address("/login"));
        isReadableByEverybody(page);

        fillLogIn(page, users.seller().username(), "not the password");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText(Pattern.compile("\\w+ \\w+ .*\\."));
        assertThat(page.locator("#username")).isVisible();
    }

    @Test
    void aManagerFindsALeadInTheGrid() {
        var team = journey.team();
        // A manager sees everybody's leads, those of other tests too: the search leaves these two
        var company = TestUsers.next("Company");
        journey.lead(team, Map.of("firstName", "Zoe", "lastName", "Zimmer", "company", company));
        journey.lead(team, Map.of("firstName", "Ann", "lastName", "Abel", "company", company));
        var page = chromium.logIn(team.manager());
        goTo(page, "Leads");
        isReadableByEverybody(page);
        var rows = page.locator("#grid tbody tr");

        page.locator("#grid-q").fill(company);
        page.locator("#grid-q").press("Enter");
        assertThat(rows).hasCount(2);
        var name = page.locator("#grid th[aria-sort] a").first();
        name.click();
        assertThat(rows.first()).containsText("Abel");
        name.click();
        assertThat(rows.first()).containsText("Zimmer");

        rows.first().getByRole(AriaRole.LINK).first().click();
        assertThat(page.getByRole(AriaRole.HEADING, heading(1))).containsText("Zoe Zimmer");
    }

    @Test
    void aRecordShowsWhatIsUpNext() {
        var team = journey.team();
        var lead = journey.lead(team);
        connect(team, lead);
        var page = chromium.logIn(team.manager());

        page.navigate(chromium.address("/records/leads/" + lead));

        assertThat(page.locator("#up-next")).containsText("First call");
        isReadableByEverybody(page);
    }

    @Test
    void aManagerOpensASequenceOfTheList() {
        var team = journey.team();
        var lead = journey.lead(team);
        var sequence = journey.enrollment(connect(team, lead)).sequence();
        var page = chromium.logIn(team.manager());
        goTo(page, "Sequences");
        isReadableByEverybody(page);

        // The list shows the sequences of other tests too
        page.locator("#q").fill(sequences.find(sequence).orElseThrow().name());
        page.locator("#q").press("Enter");
        assertThat(page.locator("main table tbody tr")).hasCount(1);
        page.locator("main table tbody a").first().click();

        assertThat(page.locator("main")).containsText("First call");
        isReadableByEverybody(page);
    }

    @Test
    void aManagerSeesThePlanForARecord() {
        var team = journey.team();
        var lead = journey.lead(team);
        var sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Introduction", "template": "%s"},
                 {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED"]}}, "within": {"days": 2},
                  "yes": [%s], "no": [%s]}]
                """.formatted(journey.template(team), CALL, MEETING));
        var page = chromium.logIn(team.manager());
        chromium.visit(page, "/sequences/" + sequence + "/preview");

        page.locator("#preview-q").fill(journey.addressOf(lead));
        page.locator("#preview-q").press("Enter");
        assertThat(page.locator(".preview-records button")).hasCount(1);
        page.locator(".preview-records button").click();

        assertThat(page.locator(".preview-branch")).hasCount(3);
        page.locator(".preview-branch summary").click();
        assertThat(page.frameLocator(".preview-branch iframe").locator("body")).containsText("our offer");
        assertThat(page.locator(".preview-branch").last()).containsText("Arrange the meeting");
        isReadableByEverybody(page);
    }

    @Test
    void aSellerWorksThroughTheListByKeyboard() {
        var team = journey.team();
        var first = connect(team, journey.lead(team, Map.of("lastName", "Alba")));
        var second = connect(team, journey.lead(team, Map.of("lastName", "Berg")));
        var page = chromium.logIn(team.seller());
        assertThat(page.locator(".work-entry")).hasCount(2);
        assertThat(page.locator("#work-item")).containsText("Say hello");
        isReadableByEverybody(page);

        var opened = page.locator("#work-item .item-name").innerText();
        page.keyboard().press("e");
        assertThat(page.locator("#outcome")).isFocused();
        page.keyboard().type("Left");
        tabTo(page, page.locator("#note"));
        page.keyboard().type("Again tomorrow");
        tabTo(page, button(page, "Complete"));
        page.keyboard().press("Enter");

        assertThat(page.locator("#work-item .item-name")).not().hasText(opened);
        assertThat(page.locator("[data-item-title]")).isFocused();
        journey.run();
        assertThat(List.of(journey.path(first), journey.path(second)))
                .contains(List.of("call:DONE:LEFT_VOICEMAIL", "meet:OPEN"))
                .contains(List.of("call:OPEN"));
    }

    @Test
    void pagesSpeakTheLanguageOfTheirReader() {
        var unit = users.unit().id();
        var name = TestUsers.next("german");
        var user = accounts.create(new Users.NewUser(
                name,
                TestUsers.PASSWORD,
                "Greta Grün",
                name + "@example.com",
                unit,
                Set.of(Role.SALESPERSON),
                "de",
                "Europe/Berlin"));
        var page = chromium.logIn(new Person(user, TestUsers.PASSWORD));

        assertThat(page.locator("html")).hasAttribute("lang", "de");
        assertThat(page.getByRole(AriaRole.HEADING, heading(1))).hasText("Als Nächstes");
    }

    @Test
    void managersReachTheirMailTemplatesAndImports() {
        var team = journey.team();
        var template = journey.template(team);
        var page = chromium.logIn(team.manager());

        for (var path : List.of(
                "/mail-templates",
                "/mail-templates/edit?language=en&name=" + template,
                "/mail-templates/texts/new",
                "/records/leads/import",
                "/records/leads/new",
                "/sequences/new")) {
            chromium.visit(page, path);
            isReadableByEverybody(page);
        }
    }

    @Test
    void everyEntryOfTheNavigationLeadsToAPage() {
        var unit = users.unit().id();
        for (var role : Role.values()) {
            var page = chromium.logIn(users.with(unit, role));
            for (var path : paths(page.locator(".topbar-nav a[href^='/']"))) {
                assertThat(page.request().get(chromium.address(path)).status())
                        .as("%s for %s", path, role)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void administratorsReachEveryPageOfTheAdministration() {
        var page = chromium.logIn(users.administrator());
        chromium.visit(page, "/admin");

        for (var path : paths(page.locator(".side-nav a"))) {
            chromium.visit(page, path);
            isReadableByEverybody(page);
        }
    }

    /** Charts and the description of the API bring scripts of others: these too keep to the pages' policy. */
    @Test
    void whatASequenceWouldLoadIsDrawnAndTheApiShowsItself() {
        var team = journey.team();
        SequenceId sequence = journey.sequence(team, "[" + CALL + ", " + MEETING + "]");
        var page = chromium.logIn(users.administrator());
        chromium.visit(page, "/sequences/" + sequence + "/simulation");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Simulate"))
                .click();

        assertThat(page.locator(".simulation-chart canvas")).isVisible();
        assertThat(page.locator("#simulation-panel")).containsText("Completed");
        isReadableByEverybody(page);
        for (String path : List.of("/admin/webhooks", "/admin/check")) {
            chromium.visit(page, path);
            isReadableByEverybody(page);
        }
        page.navigate(chromium.address("/swagger-ui.html"));
        page.locator("#operations-tag-webhooks").click();
        page.locator("#operations-webhooks-getWebhooks").waitFor();
    }

    @Test
    void aManagerMovesWhatRunsToANewVersion() {
        var team = journey.team();
        var manager = users.caller(team.manager());
        var sequence = journey.sequence(team, "[" + CALL + ", " + MEETING + "]");
        journey.connect(team, sequence, journey.lead(team));
        var revision = activations.revise(manager, sequence).definition();
        sequences.edit(
                manager,
                sequence,
                view -> {},
                revision.withSteps(List.of(revision.steps().get(1))));
        activations.activate(manager, sequence, "No call any more");
        var page = chromium.logIn(team.manager());

        page.navigate(chromium.address("/sequences/" + sequence + "/versions"));
        isReadableByEverybody(page);
        page.getByText("Migrate …").click();
        assertThat(page.locator("select[name='removed.call']")).containsText("Arrange the meeting");
        isReadableByEverybody(page);
        page.getByText("Move 1 record").click();
        assertThat(page.locator("progress")).isVisible();
        journey.run();

        assertThat(page.getByText("Moved: 1")).isVisible();
        isReadableByEverybody(page);
    }

    private EnrollmentId connect(SalesTeam team, RecordId lead) {
        SequenceId sequence = journey.sequence(team, "[" + CALL + ", " + MEETING + "]");
        return journey.connect(team, sequence, lead);
    }

    private static void goTo(Page page, String entry) {
        page.locator(".topbar-nav")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(entry))
                .click();
    }

    private static List<String> paths(Locator links) {
        return links.all().stream().map(link -> link.getAttribute("href")).toList();
    }

    private static void tabTo(Page page, Locator there) {
        for (var presses = 0; presses < 5 && !isFocused(there); presses++) {
            page.keyboard().press("Tab");
        }
        assertThat(there).isFocused();
    }

    private static boolean isFocused(Locator there) {
        return (boolean) there.evaluate("element => element === document.activeElement");
    }

    private static Locator button(Page page, String name) {
        return page.locator("#work-item")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Page.GetByRoleOptions heading(int level) {
        return new Page.GetByRoleOptions().setLevel(level);
    }
}
