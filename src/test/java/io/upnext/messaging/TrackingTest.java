package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.shared.RecordType;
import io.upnext.shared.StepRunId;
import io.upnext.testing.Api;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    @Autowired
    private Records records;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Settings settings;

    @Autowired
    private MutableClock clock;

    private MailTests tests;
    private Person seller;
    private CrmRecord lead;
    private StepRunId stepRun;
    private String pixel;
    private String click;
    private String unsubscribe;

    @Autowired
    void set(TemplateCatalogue catalogue, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @AfterEach
    void nothingLeftForOthers() {
        tests.forgetEnrollments();
    }

    @BeforeEach
    void aTrackedMail() {
        seller = users.seller();
        mail.mailboxOf(seller);
        lead = tests.lead(seller);
        stepRun = tests.queue(
                lead,
                seller.id(),
                tests.template(
                        "Hello",
                        "<p><a href=\"https://example.com/a?b=c&amp;d=e\">look</a> <a href=\"https://example.com/b\">more</a></p>"));
        tests.dispatch();
        TestMail.Received received = mail.only(lead.text("email"));
        pixel = path(Jsoup.parse(received.html()).selectFirst("img").attr("src"));
        click = path(TestMail.links(received).get(0));
        unsubscribe = path(TestMail.links(received).get(2));
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

    @Test
    void whoeverFollowsAllLinksAtOnceIsNoPerson() {
        browser().get(pixel);
        browser().get(click);
        String second = secondLink();

        browser().get(second);

        assertThat(activity.of(stepRun)).containsExactly(Kind.SENT);
        assertThat(tests.events(stepRun)).contains(Kind.OPENED, Kind.LINK_CLICKED, Kind.LINK_CLICKED);
    }

    @Test
    void aPersonWhoComesAfterAScannerCounts() {
        browser().get(click);
        browser().get(secondLink());
        clock.advance(Duration.ofMinutes(5));

        browser().get(click);

        assertThat(activity.of(stepRun)).contains(Kind.LINK_CLICKED);
    }

    /** Another link of the same mail. */
    private String secondLink() {
        TestMail.Received received = mail.only(lead.text("email"));
        return path(TestMail.links(received).stream()
                .filter(link -> link.contains("/t/c/") && !path(link).equals(click))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void scannersThatPostNothingUnsubscribeNobodyHoweverOftenTheyLook() {
        for (String method : List.of("GET", "HEAD", "OPTIONS")) {
            browser().send(method, unsubscribe, null, "");
        }

        assertThat(suppressions.contains(lead.text("email"))).isFalse();
    }

    @Test
    void unsubscribingWorksAfterTheRecordAndEvenTheMailAreGone() {
        records.delete(users.caller(users.administrator()), RecordType.LEAD, lead.id());
        assertThat(browser().post(unsubscribe).status()).isEqualTo(200);
        assertThat(suppressions.contains(lead.text("email"))).isTrue();

        jdbc.sql("delete from mail where step_run = ?").param(stepRun.value()).update();
        assertThat(browser().get(unsubscribe).status()).isEqualTo(200);
        assertThat(browser().post(unsubscribe).status()).isEqualTo(200);
    }

    @Test
    void theNextMailIsRefusedAfterUnsubscribing() {
        browser().post(unsubscribe);

        StepRunId next = tests.queue(lead, seller.id(), tests.template("Again", "<p>Again</p>"));
        tests.dispatch();

        assertThat(tests.refusal(next)).isEqualTo("SUPPRESSED");
        assertThat(mail.at(lead.text("email"))).hasSize(1);
    }

    @Test
    void organisationMailboxAndRecordCanEachSwitchTrackingOff() {
        String template = tests.template("Off", "<p><a href=\"https://example.com/x\">x</a></p>");
        CrmRecord private1 = tests.lead(seller, Map.of("doNotTrack", true));
        tests.queue(private1, seller.id(), template);
        Person other = users.seller();
        mail.mailboxOf(other);
        jdbc.sql("update mailbox set tracking = false where owner = ?")
                .param(other.id().value())
                .update();
        CrmRecord private2 = tests.lead(other);
        tests.queue(private2, other.id(), template);
        tests.dispatch();
        CrmRecord private3 = tests.lead(seller);
        settings.set(Actor.SYSTEM, "tracking", false);
        try {
            tests.queue(private3, seller.id(), template);
            tests.dispatch();
            browser().get(pixel);
        } finally {
            settings.set(Actor.SYSTEM, "tracking", null);
        }

        for (CrmRecord one : List.of(private1, private2, private3)) {
            assertThat(mail.only(one.text("email")).html())
                    .contains("https://example.com/x")
                    .doesNotContain("/t/o/", "/t/c/");
        }
        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT);
    }

    @Test
    void linksOfWhoIsNoLongerTrackedStillWorkAndAreNotCounted() {
        records.update(lead.id(), Map.of("doNotTrack", true), null, null, Actor.SYSTEM);

        Api.Answer answer = browser().get(click);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT);
    }

    @Test
    void anOversizedTokenIsNotEvenLookedAt() {
        assertThat(browser().get("//t/o/" + "A".repeat(5_000)).status()).isEqualTo(404);
        assertThat(browser().get("//t/c/" + "A".repeat(100)).status()).isEqualTo(404);
        assertThat(browser().get("//u/%00%ff").status()).isIn(400, 404);
    }
}
