package io.upnext.worklist.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.upnext.testing.Chromium.isReadableByEverybody;

import com.microsoft.playwright.Page;
import io.upnext.security.Role;
import io.upnext.testing.Chromium;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Many steps at once by keyboard, and the pages of handing over and of tags, in a real browser under the strict policy. */
@UpnextTest
class PeopleInBrowserTest {

    @RegisterExtension
    final Chromium chromium = new Chromium();

    @Autowired
    TestUsers users;

    @Autowired
    ApplicationContext context;

    @Test
    void chosen_steps_are_skipped_together_and_the_pages_read_well() {
        Selling selling = new Selling(context);
        Person manager = users.with(Role.SALES_MANAGER);
        selling.connect(
                selling.sequence(Selling.TASK), selling.lead(manager), selling.lead(manager), selling.lead(manager));
        Page page = chromium.logIn(manager);

        page.locator(".work-entry").first().focus();
        page.keyboard().press("x");
        page.keyboard().press("j");
        page.keyboard().press("x");
        assertThat(page.locator(".work-row input:checked")).hasCount(2);
        page.locator("[data-choose-all]").check();
        page.locator(".work-row input").last().uncheck();
        assertThat(page.locator("[data-choose-all]")).not().isChecked();
        assertThat(page.locator(".work-row input:checked")).hasCount(2);
        page.selectOption("#many-action", "SKIP");
        isReadableByEverybody(page);
        page.locator("#work-many button").click();

        assertThat(page.locator(".notice")).containsText("2 steps done");
        assertThat(page.locator(".work-entry")).hasCount(1);
        for (String path : List.of("/hand-overs", "/tags")) {
            chromium.visit(page, path);
            isReadableByEverybody(page);
        }
    }
}
