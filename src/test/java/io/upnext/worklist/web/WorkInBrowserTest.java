package io.upnext.worklist.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.upnext.testing.Chromium.isReadableByEverybody;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.upnext.record.CrmRecord;
import io.upnext.testing.Chromium;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The seller's page in a real browser: by keyboard alone, under the strict policy, readable by everybody. */
@UpnextTest
class WorkInBrowserTest {

    @RegisterExtension
    final Chromium chromium = new Chromium();

    @Autowired
    TestUsers users;

    @Autowired
    ApplicationContext context;

    Selling selling;
    Page page;

    @BeforeEach
    void aSeller() {
        selling = new Selling(context);
    }

    private Locator item(String title) {
        return page.locator("[data-item-title]", new Page.LocatorOptions().setHasText(title));
    }

    @Test
    void a_seller_works_the_list_by_keyboard_alone() {
        Person seller = users.seller();
        selling.openStep(seller, Selling.TASK);
        selling.openStep(seller, Selling.CALL);
        page = chromium.logIn(seller);
        assertThat(item("Arrange the meeting")).isVisible();

        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(item("First call")).isFocused();
        assertThat(page.locator(".work-entry[aria-current]")).containsText("First call");
        isReadableByEverybody(page);
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
    }

    @Test
    void a_mail_is_written_as_people_see_it() {
        Person seller = users.seller();
        selling.equipWithMail(seller);
        selling.openStep(seller, Selling.EMAIL);
        page = chromium.logIn(seller);
        isReadableByEverybody(page);

        page.fill("#subject", "Hello");
        page.locator(".editor-text").click();
        page.keyboard().type("Good morning");
        assertThat(page.locator("#html")).hasValue("Good morning");
        page.locator("button[value=send]").click();

        assertThat(page.locator("#toasts")).containsText("Step completed.");
        assertThat(page.locator("#work")).containsText("All done");
        isReadableByEverybody(page);
    }

    @Test
    void a_manager_connects_a_record_and_disconnects_it() {
        Person seller = users.seller();
        CrmRecord lead = selling.lead(seller);
        String sequence = selling.sequence(Selling.TASK);
        page = chromium.logIn(selling.manager());
        chromium.visit(page, "/sequences/" + sequence + "/connected");

        page.locator("[data-open-dialog=connect-dialog]").click();
        page.fill("#connect-q", lead.text("lastName"));
        page.keyboard().press("Enter");
        assertThat(page.locator(".connect-found label")).hasCount(1);
        isReadableByEverybody(page);
        page.locator(".connect-found input").check();
        page.locator("#connect-parts form .btn-primary").click();
        assertThat(page.locator("#connect-progress")).containsText("0 of 1 done");
        selling.settle();
        assertThat(page.locator("#connect-progress")).containsText("1 connected, 0 refused");
        page.locator("#connect-progress button").click();

        Locator row = page.locator("#enrollments-panel tbody tr");
        assertThat(row).containsText(Pattern.compile(lead.text("lastName") + ".*Arrange the meeting", Pattern.DOTALL));
        isReadableByEverybody(page);
        row.locator("button[hx-post*='/disconnect']").click();
        page.locator("#confirm button[value=yes]").click();
        assertThat(row).containsText("Disconnected by hand");
    }
}
