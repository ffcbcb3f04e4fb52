package io.upnext.enrollment;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.upnext.testing.Chromium.isReadableByEverybody;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Chromium;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** An A/B test designed, followed and stopped in a real browser. */
@UpnextTest
class AbTestInBrowserTest {

    @RegisterExtension
    final Chromium chromium = new Chromium();

    @Autowired
    private Journey journey;

    @Autowired
    private Api api;

    private Page page;

    @Test
    void a_manager_designs_a_test_sees_its_figures_and_stops_it() {
        SalesTeam team = journey.team();
        String a = journey.template(team);
        String b = journey.template(team);
        String id = api.as(team.manager())
                .post("/sequences", Map.of("name", "Two mails", "recordType", "LEAD", "steps", List.of()))
                .body()
                .at("/id")
                .asText();
        page = chromium.logIn(team.manager());

        design(id, a, b);
        api.as(team.manager()).post("/sequences/" + id + "/activate", Map.of("changeDescription", "first"));
        journey.connect(team, SequenceId.of(id), journey.lead(team), journey.lead(team));
        follow(id);
    }

    private void design(String id, String a, String b) {
        chromium.visit(page, "/sequences/" + id + "/steps/new?at=steps%5B0%5D&type=AB_TEST");
        page.locator("[name=name]").fill("Which mail?");
        page.locator("[name=a-template]").selectOption(a);
        page.locator("[name=b-template]").selectOption(b);
        page.locator("[name=split]").fill("40");
        page.locator("[name=winner]").selectOption("CLICKS");
        page.locator("[name=until]").fill("2031-03-31T09:00");
        page.locator("[name=default]").selectOption("B");
        isReadableByEverybody(page);
        button("Save").click();
        page.waitForURL("**/edit");
        chromium.visit(page, "/sequences/" + id + "/steps/edit?at=steps%5B0%5D");
        assertThat(page.locator("[name=until]")).hasValue("2031-03-31T09:00");
        button("Save").click();
        page.waitForURL("**/edit");
        chromium.visit(page, "/sequences/" + id);
        assertThat(page.locator(".problems-none")).isVisible();
        assertThat(page.locator("main")).containsText("40 : 60 · more clicks wins");
    }

    private void follow(String id) {
        chromium.visit(page, "/sequences/" + id);
        page.locator("nav.tabs a", new Page.LocatorOptions().setHasText("A/B tests"))
                .click();
        assertThat(page.locator("#tests-panel tbody tr")).hasCount(2);
        assertThat(page.locator("#tests-panel")).containsText("Running");
        isReadableByEverybody(page);
        button("Stop and send B to everybody").click();
        page.locator("dialog[open] button.btn-danger, dialog[open] button.btn-primary")
                .first()
                .click();
        assertThat(page.locator("#tests-panel [role=status]")).containsText("Everybody gets B.");
        assertThat(page.locator("#tests-panel [role=status]")).containsText("Stopped by");
        assertThat(page.locator("#tests-panel")).not().containsText("Nobody has looked yet");
        isReadableByEverybody(page);
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
