package io.upnext.testing;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.upnext.testing.TestUsers.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A real browser for the tests of pages, one for all of them: a new process, window or cache for each test costs more
 * than what the test does. Each {@link #open()} finds nobody logged in and nothing stored. A test fails when the browser
 * complained about a page of it. Where Chromium is not installed the test is skipped, but not in CI.
 */
public final class Chromium implements BeforeEachCallback, AfterEachCallback {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private String root;

    @Override
    public void beforeEach(ExtensionContext test) {
        boolean there = PROGRAM.toFile().canExecute();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there)
                    .as("The page tests need Chromium at %s: install it as .ci/run does", PROGRAM)
                    .isTrue();
        }
        assumeTrue(there, "Skipped: the page tests need Chromium at " + PROGRAM);
        root = "http://localhost:"
                + SpringExtension.getApplicationContext(test).getEnvironment().getRequiredProperty("local.server.port");
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Window.ONLY.leave();
        List<String> heard = List.copyOf(Window.ONLY.complaints);
        Window.ONLY.complaints.clear();
        assertThat(heard).isEmpty();
    }

    /** An empty page, whose console the test minds. */
    public Page open() {
        Window.ONLY.leave();
        Window.ONLY.watched = true;
        return Window.ONLY.page;
    }

    /** For pages of others, which may say to the console what they like. */
    public Page openUnwatched() {
        Window.ONLY.leave();
        Window.ONLY.watched = false;
        return Window.ONLY.page;
    }

    /** Somebody who has logged in by the form and sees the page with the work. */
    public Page logIn(Person person) {
        Page page = open();
        page.navigate(address("/login"));
        fillLogIn(page, person.username(), person.password());
        page.waitForURL(Pattern.compile("/work"));
        return page;
    }

    public static void fillLogIn(Page page, String username, String password) {
        page.locator("#username").fill(username);
        page.locator("#password").fill(password);
        page.locator("main button[type=submit]").click();
    }

    public void visit(Page page, String path) {
        var answer = page.navigate(address(path));
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(page.content()).as(path).doesNotContainPattern("\\?\\?[\\w.-]+\\?\\?");
    }

    public String address(String path) {
        return root + path;
    }

    /**
     * By all rules of axe. It runs in the page itself: its other mode opens a window of its own for each answer, and
     * takes an error of its own for a page without faults. What it passes over are frames in which no script may run.
     */
    public static void isReadableByEverybody(Page page) {
        AxeRunOptions onlyFaults = new AxeRunOptions();
        onlyFaults.setResultTypes(List.of("violations"));
        var faults = new AxeBuilder(page)
                .exclude("iframe[sandbox]")
                .setLegacyMode(true)
                .options(onlyFaults)
                .analyze()
                .getViolations();
        assertThat(faults).as(page.url()).isEmpty();
        shoot(page);
    }

    /** With {@code -Dshots=folder} one may look at what the tests saw. */
    private static void shoot(Page page) {
        String folder = System.getProperty("shots");
        if (folder != null) {
            String name = page.url().replaceAll(".*://[^/]*/", "").replaceAll("[^a-z]+", "-");
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(folder, name + page.locator("html").getAttribute("lang") + ".png")));
        }
    }

    private static final class Window {

        static final Window ONLY = new Window();

        final Page page;
        final List<String> complaints = new ArrayList<>();
        boolean watched;

        private Window() {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            page = playwright
                    .chromium()
                    .launch(new LaunchOptions().setExecutablePath(PROGRAM).setArgs(QUIET))
                    .newContext(new NewContextOptions().setLocale("en").setViewportSize(1280, 800))
                    .newPage();
            // The limits of the library are for a machine that does nothing else
            page.setDefaultTimeout(PATIENCE.toMillis());
            page.setDefaultNavigationTimeout(PATIENCE.toMillis());
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.text().contains("Content Security Policy")) {
                    complain(message.text());
                }
            });
            page.onPageError(this::complain);
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }

        private void complain(String complaint) {
            if (watched) {
                complaints.add(page.url() + ": " + complaint);
            }
        }

        /** Ends what the page does, then forgets who was logged in and what it stored. */
        void leave() {
            if (page.url().startsWith("http")) {
                page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }");
                page.unrouteAll();
                page.navigate("about:blank");
            }
            page.context().clearCookies();
        }
    }
}
