package io.upnext.worklist.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.upnext.testing.Chromium.isReadableByEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.SelectOption;
import io.upnext.messaging.Receiving;
import io.upnext.record.CrmRecord;
import io.upnext.testing.Api;
import io.upnext.testing.Chromium;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A reply answered in a real browser, with a snippet, and the pages of writing in German. */
@UpnextTest
class WritingInBrowserTest {

    @RegisterExtension
    final Chromium chromium = new Chromium();

    @Autowired
    private TestUsers users;

    @Autowired
    private TestMail mail;

    @Autowired
    private Receiving receiving;

    @Autowired
    private MutableClock clock;

    @Autowired
    private Api api;

    @Autowired
    private ApplicationContext context;

    private Selling selling;
    private Person manager;
    private CrmRecord lead;
    private Page page;

    @BeforeEach
    void aReply() {
        selling = new Selling(context);
        manager = users.manager();
        selling.equipWithMail(manager);
        lead = selling.lead(manager);
        selling.connect(selling.sequence(selling.automatedMail("Hello")), lead);
        clock.advance(Duration.ofMinutes(10));
        mail.answer(mail.only(lead.text("email")), "Call me.\n\n> Hello");
        receiving.fetchNow(mail.mailboxOf(manager.id()));
        selling.settle();
        clock.advance(Duration.ofMinutes(10));
        api.as(manager).put("/me/signature", Map.of("html", "<b>Ada</b>"));
        api.as(manager).post("/snippets", Map.of("name", "Dates", "html", "<p>Monday, {{record.firstName}}?</p>"));
        api.as(manager)
                .upload("/attachments", TestUsers.next("x") + ".pdf", "x".getBytes(StandardCharsets.UTF_8), Map.of());
    }

    @Test
    void aReplyIsReadAnsweredAndThePagesOfWritingServeEverybody() {
        page = chromium.logIn(manager);
        assertThat(page.locator(".nav-count")).containsText("1");

        chromium.visit(page, "/inbox");
        page.locator(".inbox-unread").first().click();
        assertThat(page.locator(".inbox-quoted")).isHidden();
        assertThat(page.locator(".editor-text")).containsText("Ada");
        isReadableByEverybody(page);
        sendsBeforeTheSnippetIsThere();
        assertThat(page.locator(".inbox-message")).hasCount(3);
        assertThat(page.locator(".nav-count")).hasCount(0);
        selling.settle();
        assertThat(mail.at(lead.text("email")).get(1).html()).contains("Monday, Ada?", "<b>Ada</b>");

        composesInTheSource();

        for (String language : List.of("de")) {
            chromium.visit(page, "/inbox?lang=" + language);
            for (String path : List.of(
                    "/inbox",
                    "/mail-snippets",
                    "/mail-attachments",
                    "/account/mail",
                    "/uncertain-mails",
                    "/unmatched-mails",
                    "/mail-templates/new")) {
                chromium.visit(page, path);
                isReadableByEverybody(page);
            }
        }
    }

    /** Who chooses a snippet and presses Send at once means to send it, however slow the line is. */
    private void sendsBeforeTheSnippetIsThere() {
        AtomicReference<Route> onItsWay = new AtomicReference<>();
        page.route("**/mail-snippets/**", onItsWay::set);
        page.waitForRequest("**/mail-snippets/**", () -> page.locator("#snippet-html")
                .selectOption(new SelectOption().setLabel("Dates (own)")));
        page.locator(".item-act .btn-primary").click();
        onItsWay.get().resume();
        page.unroute("**/mail-snippets/**");
    }

    /** The source that is being edited is the newer one: a snippet goes into it. */
    private void composesInTheSource() {
        CrmRecord other = selling.lead(manager);
        selling.connect(selling.sequence(Selling.EMAIL), other);
        chromium.visit(page, "/work?type=EMAIL&due=ALL");
        page.fill("#subject", "By hand");
        page.locator(".editor-tools button").last().click();
        page.fill("#html", "<p>In the source</p>");
        sendsBeforeTheSnippetIsThere();
        assertThat(page.locator(".work-entry")).hasCount(0);
        selling.settle();
        assertThat(mail.only(other.text("email")).html()).contains("In the source", "Monday, Ada?");
    }
}
