package io.upnext.engine.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.upnext.testing.Chromium;
import io.upnext.testing.Journey;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** The web applications as people see them, in a real browser. */
@UpnextTest
class TasklistPageTest {

    @RegisterExtension
    final Chromium chromium = new Chromium();

    @Autowired
    Journey journey;

    @Autowired
    TestUsers users;

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
        assertThat(page.locator(".start-process-action")).hasCSS("display", "none");
        assertThat(page.locator(".create-task-action")).hasCSS("display", "none");
        assertThat(page.getByText("Ada").first()).isVisible();
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
        page.navigate(chromium.address("/camunda/app/cockpit/default/#/processes"));
        assertThat(page.getByText("Sequence").first()).isVisible();

        assertThat(refused).isEmpty();
    }

    private Page logIn(TestUsers.Person person, String path, List<String> refused) {
        var page = chromium.openUnwatched();
        page.onResponse(response -> {
            if (response.status() >= 400) {
                refused.add(response.status() + " " + response.request().method() + " " + response.url());
            }
        });
        page.navigate(chromium.address(path));
        page.locator("#username").fill(person.username());
        page.locator("#password").fill(person.password());
        page.locator("button[type=submit]").first().click();
        return page;
    }
}
