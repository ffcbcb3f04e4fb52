package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.shared.StepRunId;
import io.upnext.testing.Api;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@UpnextTest
class TrackingTest {

    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0";

    @Autowired
    private Outbox outbox;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Suppressions suppressions;

    @Autowired
    private MailActivity activity;

    @Autowired
    private Api api;

    private MailTests tests;
    private CrmRecord lead;
    private StepRunId stepRun;
    private String pixel;
    private String click;
    private String unsubscribe;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, JdbcClient jdbc, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @AfterEach
    void nothingLeftForOthers() {
        tests.forgetEnrollments();
    }

    @BeforeEach
    void aTrackedMail() {
        Person seller = users.seller();
        mail.mailboxOf(seller);
        lead = tests.lead(seller);
        stepRun = tests.queue(
                lead,
                seller.id(),
                tests.template("Hello", "<p><a href=\"https://example.com/a?b=c&amp;d=e\">look</a></p>"));
        tests.dispatch();
        TestMail.Received received = mail.only(lead.text("email"));
        pixel = path(Jsoup.parse(received.html()).selectFirst("img").attr("src"));
        click = path(TestMail.links(received).get(0));
        unsubscribe = path(TestMail.links(received).get(1));
    }

    private static String path(String link) {
        return "/" + java.net.URI.create(link).getPath();
    }

    private Api.Caller browser() {
        return api.anonymous().with("User-Agent", BROWSER);
    }

    @Test
    void openingIsSeenOnceHoweverOftenThePictureIsLoaded() {
        browser().get(pixel);
        Api.Answer answer = browser().get(pixel);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("image/gif");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT, Kind.OPENED);
    }

    @Test
    void aClickLeadsToTheStoredTarget() {
        Api.Answer answer = browser().get(click);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("https://example.com/a?b=c&d=e");
        assertThat(activity.of(stepRun)).contains(Kind.LINK_CLICKED);
    }

    @Test
    void tamperedTokensLeadNowhere() {
        for (String path : List.of(pixel, click, unsubscribe)) {
            String token = path.substring(path.lastIndexOf('/') + 1);
            String changed = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
            String base = path.substring(0, path.lastIndexOf('/') + 1);
            assertThat(browser().get(base + changed).status()).isEqualTo(404);
            assertThat(browser().get(base + token + "A").status()).isEqualTo(404);
            assertThat(browser().get(base + "x").status()).isEqualTo(404);
        }
        // A token of one purpose is worthless for another.
        assertThat(browser().get(pixel.replace("/t/o/", "/u/")).status()).isEqualTo(404);
        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT);
    }

    @Test
    void scannersAreStoredButDoNotCount() {
        api.anonymous().with("User-Agent", "Barracuda Sentinel (EE)").get(click);
        api.anonymous()
                .with("User-Agent", "Mozilla/5.0 (via ggpht.com GoogleImageProxy)")
                .get(pixel);

        assertThat(tests.events(stepRun)).contains(Kind.LINK_CLICKED, Kind.OPENED);
        assertThat(activity.of(stepRun)).containsExactly(Kind.SENT);
    }

    @Test
    void lookingAtTheUnsubscribePageChangesNothing() {
        Api.Answer answer = browser().get(unsubscribe);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<form").contains("method=\"post\"");
        assertThat(suppressions.contains(lead.text("email"))).isFalse();
    }

    @Test
    void oneClickUnsubscribesAsOftenAsOneLikes() {
        for (int i = 0; i < 2; i++) {
            Api.Answer answer = browser()
                    .send("POST", unsubscribe, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");
            assertThat(answer.status()).isEqualTo(200);
        }

        assertThat(suppressions.contains(lead.text("email"))).isTrue();
        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT, Kind.UNSUBSCRIBED);
    }
}
