package io.upnext.worklist.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.SelectOption;
import io.upnext.messaging.Receiving;
import io.upnext.record.CrmRecord;
import io.upnext.testing.Api;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** A reply answered in a real browser, with a snippet, and the pages of writing in German. */
@UpnextTest
class WritingInBrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

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
    private Environment environment;

    @Autowired
    private ApplicationContext context;

    private final List<String> complaints = new ArrayList<>();
    private Selling selling;
    private Person manager;
    private CrmRecord lead;
    private Playwright playwright;
    private Page page;

    @BeforeEach
    void aReplyAndABrowser() {
        assumeTrue(Files.exists(CHROMIUM), "Chromium is not installed");
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
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

    private void go(String path) {
        page.navigate("http://localhost:" + environment.getRequiredProperty("local.server.port") + path);
    }

    private void isReadableByEverybody() {
        assertThat(new AxeBuilder(page).exclude("iframe[sandbox]").analyze().getViolations())
                .as(page.url())
                .isEmpty();
        shoot();
    }

    /** With {@code -Dshots=folder} one may look at what the test saw. */
    private void shoot() {
        String folder = System.getProperty("shots");
        if (folder != null) {
            String name = page.url().replaceAll(".*://[^/]*/", "").replaceAll("[^a-z]+", "-");
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(folder, name + page.locator("html").getAttribute("lang") + ".png")));
        }
    }

    @Test
    void aReplyIsReadAnsweredAndThePagesOfWritingServeEverybody() {
        go("/login");
        page.fill("[name=username]", manager.username());
        page.fill("[name=password]", manager.password());
        page.locator("main button[type=submit]").click();
        page.waitForURL("**/work*");
        assertThat(page.locator(".nav-count")).containsText("1");

        go("/inbox");
        page.locator(".inbox-unread").first().click();
        assertThat(page.locator(".inbox-quoted")).isHidden();
        assertThat(page.locator(".editor-text")).containsText("Ada");
        isReadableByEverybody();
        sendsBeforeTheSnippetIsThere();
        assertThat(page.locator(".inbox-message")).hasCount(3);
        assertThat(page.locator(".nav-count")).hasCount(0);
        selling.settle();
        assertThat(mail.at(lead.text("email")).get(1).html()).contains("Monday, Ada?", "<b>Ada</b>");

        composesInTheSource();

        for (String language : List.of("de")) {
            go("/inbox?lang=" + language);
            for (String path : List.of(
                    "/inbox",
                    "/mail-snippets",
                    "/mail-attachments",
                    "/account/mail",
                    "/uncertain-mails",
                    "/unmatched-mails",
                    "/mail-templates/new")) {
                go(path);
                isReadableByEverybody();
            }
        }
        assertThat(complaints).isEmpty();
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
        go("/work?type=EMAIL&due=ALL");
        page.fill("#subject", "By hand");
        page.locator(".editor-tools button").last().click();
        page.fill("#html", "<p>In the source</p>");
        sendsBeforeTheSnippetIsThere();
        assertThat(page.locator(".work-entry")).hasCount(0);
        selling.settle();
        assertThat(mail.only(other.text("email")).html()).contains("In the source", "Monday, Ada?");
    }
}
