package io.upnext.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody finds who starts the product without configuring anything. All tests share one process. */
class DemoTest {

    @TempDir
    static Path directory;

    static DemoProcess demo;

    @BeforeAll
    static void start() throws Exception {
        demo = new DemoProcess(directory);
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void itIsReadyWithUsersSamplesAndWork() {
        assertThat(demo.page(null, "/actuator/health").statusCode()).isEqualTo(200);
        for (var user : List.of("admin", "manager", "seller", "seller2")) {
            assertThat(demo.get(user, "/me").status()).isEqualTo(200);
        }
        assertThat(demo.get("admin", "/records/leads?filter=" + ofSamples())
                        .body()
                        .get("total")
                        .asInt())
                .isEqualTo(60);
        assertThat(demo.get("seller", "/work-list?due=ALL").body().get("total").asInt())
                .isPositive();
        assertThat(demo.get("manager", "/sequences?state=ACTIVE")
                        .body()
                        .get("items")
                        .findValuesAsText("name"))
                .contains("New lead outreach", "Opportunity follow-up", "Contact re-activation");
    }

    private static String ofSamples() {
        return "%7B%22field%22%3A%22website%22%2C%22op%22%3A%22IS_NOT_EMPTY%22%7D";
    }

    @Test
    void noMailGoesToSomebodyWhoWantsNone() {
        var unwilling = new HashSet<String>();
        for (var lead : demo.get("admin", "/records/leads?size=500").body().get("items")) {
            if (lead.get("fields").path("doNotEmail").asBoolean()) {
                unwilling.add(lead.get("fields").get("email").asText());
            }
        }

        assertThat(unwilling).isNotEmpty();
        assertThat(unwilling).allSatisfy(address -> assertThat(demo.get("seller", "/demo/mails?to=" + address)
                        .body()
                        .get("total")
                        .asInt())
                .isZero());
    }

    @Test
    void aReplyReachesTheEnrollmentBeforeTheAnswerReturns() {
        assertThat(endAfter("REPLY")).isEqualTo("REPLIED");
    }

    @Test
    void aHardBounceEndsTheEnrollment() {
        assertThat(endAfter("HARD_BOUNCE")).isEqualTo("BOUNCED");
    }

    @Test
    void unsubscribingEndsTheEnrollment() {
        assertThat(endAfter("UNSUBSCRIBE")).isEqualTo("UNSUBSCRIBED");
    }

    @Test
    void anAbsenceEndsNothing() {
        var mail = aMail();

        answer(mail, "OUT_OF_OFFICE");

        assertThat(enrollment(mail).get("state").asText()).isEqualTo("CONNECTED");
        assertThat(enrollment(mail).get("currentSteps").toString()).contains("interested");
    }

    @Test
    void anOpenedMailTakesTheBranchForInterest() {
        var mail = aMail();

        answer(mail, "OPEN");

        assertThat(enrollment(mail).get("currentSteps").toString()).contains("meeting");
    }

    @Test
    void aClickedLinkTakesTheBranchForInterest() {
        var mail = aMail();

        answer(mail, "CLICK");

        assertThat(enrollment(mail).get("currentSteps").toString()).contains("meeting");
    }

    private static String endAfter(String way) {
        var mail = aMail();
        answer(mail, way);
        return enrollment(mail).path("reason").asText();
    }

    /** The introduction that a lead of its own has got. */
    private static JsonNode aMail() {
        var address = "lead-" + UUID.randomUUID() + "@answers.example";
        var lead = lead(address);
        demo.post("manager", "/sequences/" + outreach() + "/enrollments", "{\"recordIds\": [\"" + lead + "\"]}");
        advance("PT1S");
        var mails = demo.get("seller", "/demo/mails?to=" + address).body();
        assertThat(mails.get("total").asInt()).isEqualTo(1);
        return mails.get("items").get(0);
    }

    private static String outreach() {
        for (var sequence : demo.get("manager", "/sequences?size=500").body().get("items")) {
            if (sequence.get("name").asText().equals("New lead outreach")) {
                return sequence.get("id").asText();
            }
        }
        throw new AssertionError("The sample sequence is missing");
    }

    private static void answer(JsonNode mail, String way) {
        var answer =
                demo.post("seller", "/demo/mails/" + mail.get("id").asText() + "/answer", "{\"as\": \"" + way + "\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static JsonNode enrollment(JsonNode mail) {
        return demo.get("manager", "/enrollments/" + mail.get("enrollment").asText())
                .body();
    }

    @Test
    void theBarStandsOnThePagesAndAMailIsShownWithoutAnythingFromOutside() {
        var browser = demo.logIn("seller");
        var id = demo.get("seller", "/demo/mails?size=1")
                .body()
                .get("items")
                .get(0)
                .get("id")
                .asText();

        assertThat(browser.get("/work").body()).contains("demo-bar", "+1 week");
        assertThat(browser.get("/demo/mails?lang=de").body()).contains("Abgefangene E-Mails", "/demo/mails/" + id);
        assertThat(browser.get("/demo/mails/" + id).body()).contains("sandbox", "OUT_OF_OFFICE");
        var html = browser.get("/demo/mails/" + id + "/html");
        assertThat(html.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox", "default-src 'none'", "frame-ancestors 'self'");
        var moved = browser.post("/demo/clock", java.util.Map.of("advance", "PT1H"));
        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(moved.uri().getPath()).isEqualTo("/demo/mails");
    }

    @Test
    void whatCannotBeAnsweredIsRefused() {
        assertThat(demo.post("seller", "/demo/mails/" + UUID.randomUUID() + "/answer", "{\"as\": \"OPEN\"}")
                        .status())
                .isEqualTo(404);
        var mail = demo.get("seller", "/demo/mails?size=1").body().get("items").get(0);
        var path = "/demo/mails/" + mail.get("id").asText() + "/answer";
        assertThat(demo.post("seller", path, "{}").status()).isEqualTo(400);
        assertThat(demo.post("seller", path, "{\"as\": \"SHOUT\"}").status()).isEqualTo(400);
        assertThat(demo.get("seller", "/demo/mails?sort=to").status()).isEqualTo(400);
    }

    @Test
    void theClockTakesOnlyTimesAhead() {
        for (var wrong : List.of("-P1D", "PT0S", "P401D", "P1M", "soon", "")) {
            var answer = demo.post("seller", "/demo/clock", "{\"advance\": \"" + wrong + "\"}");
            assertThat(answer.status()).as(wrong).isEqualTo(400);
        }
        assertThat(demo.post("seller", "/demo/clock", "{}").status()).isEqualTo(400);
    }

    @Test
    void aFastForwardReturnsWhenEverythingThenDueHasRun() {
        var sequence = sequence();
        var leads = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            leads.add("\"" + lead("rest" + i + "@rest.example") + "\"");
        }
        demo.post("manager", "/sequences/" + sequence + "/enrollments", "{\"recordIds\": " + leads + "}");
        advance("PT1S");
        assertThat(at(sequence, "rest")).isEqualTo(200);

        advance("PT23H");
        assertThat(at(sequence, "rest")).isEqualTo(200);
        var mails = mails();

        advance("PT2H");
        assertThat(mails() - mails).isGreaterThanOrEqualTo(200);
        assertThat(at(sequence, "task")).isEqualTo(200);
    }

    private static String sequence() {
        var made = demo.post("manager", "/sequences", """
                {"name": "A day of rest", "recordType": "LEAD", "mode": "ADAPTIVE", "steps": [
                  {"id": "rest", "type": "WAIT", "name": "A day", "days": 1, "hours": 0},
                  {"id": "mail", "type": "AUTOMATED_EMAIL", "name": "Mail", "template": "demo-intro"},
                  {"id": "task", "type": "TASK", "name": "Look"}]}
                """).body().get("id").asText();
        assertThat(demo.post("manager", "/sequences/" + made + "/activate", "{}")
                        .status())
                .isEqualTo(200);
        return made;
    }

    private static String lead(String address) {
        return demo.post(
                        "manager",
                        "/records/leads",
                        "{\"fields\": {\"lastName\": \"Rest\", \"email\": \"%s\"}, \"owner\": \"seller2\"}"
                                .formatted(address))
                .body()
                .get("id")
                .asText();
    }

    private static JsonNode advance(String by) {
        var answer = demo.post("seller", "/demo/clock", "{\"advance\": \"" + by + "\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().get("stuck")).isEmpty();
        return answer.body();
    }

    private static int mails() {
        return demo.get("seller", "/demo/mails?size=1").body().get("total").asInt();
    }

    private static long at(String sequence, String step) {
        long there = 0;
        for (var enrollment : demo.get("manager", "/sequences/" + sequence + "/enrollments?size=500")
                .body()
                .get("items")) {
            if (enrollment.get("currentSteps").toString().contains("\"" + step + "\"")) {
                there++;
            }
        }
        return there;
    }

    @Test
    void aKilledDemoGoesOnWhereItWas() throws Exception {
        var added = addedMailbox();
        advance("P3D");
        var before = time();
        var mails = mails();
        demo.kill();

        demo = new DemoProcess(directory);

        assertThat(time()).isAfterOrEqualTo(before).isBefore(before.plus(Duration.ofHours(12)));
        assertThat(mails()).isGreaterThanOrEqualTo(mails);
        assertThat(demo.get("admin", "/records/leads?filter=" + ofSamples())
                        .body()
                        .get("total")
                        .asInt())
                .isEqualTo(60);
        assertThat(demo.get("admin", "/sequences").body().get("items").findValuesAsText("name"))
                .containsOnlyOnce("New lead outreach");
        assertThat(demo.get("admin", "/mailboxes").body().get("total").asInt()).isEqualTo(5);
        assertThat(works(added)).isTrue();
    }

    /** One that somebody sets up at the demo's mail server; the server knows it from then on. */
    private static String addedMailbox() {
        JsonNode known = demo.get("admin", "/mailboxes").body().get("items").get(0);
        var answer =
                demo.post("admin", "/mailboxes", """
                {"address": "Added@upnext.example", "smtp": %s, "imap": %s}
                """.formatted(server(known.get("smtp")), server(known.get("imap"))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        var id = answer.body().get("id").asText();
        assertThat(works(id)).isTrue();
        return id;
    }

    private static String server(JsonNode demos) {
        return """
                {"host": "%s", "port": %s, "user": "added", "password": "of its own", "tls": "NONE"}
                """.formatted(demos.get("host").asText(), demos.get("port").asInt());
    }

    private static boolean works(String mailbox) {
        return demo.post("admin", "/mailboxes/" + mailbox + "/test", "{}")
                .body()
                .get("ok")
                .asBoolean();
    }

    private static OffsetDateTime time() {
        return OffsetDateTime.parse(
                demo.get("seller", "/demo/clock").body().get("now").asText());
    }
}
