package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.shared.MailboxId;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Browser;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Mailboxes and suppressions over REST and on their pages. */
@UpnextTest
class MailAdministrationTest {

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private TestMail mail;

    @Autowired
    private Mailboxes mailboxes;

    private Person administrator;
    private Person seller;

    @BeforeEach
    void people() {
        administrator = users.administrator();
        seller = users.seller();
    }

    private static Map<String, Object> server(int port, String password) {
        return Map.of("host", "127.0.0.1", "port", port, "user", "somebody", "password", password, "tls", "NONE");
    }

    private Map<String, Object> mailbox(String owner) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "address", TestUsers.next("box") + "@example.com", "smtp", server(TestMail.smtpPort(), "very secret")));
        if (owner != null) {
            body.put("owner", owner);
        }
        return body;
    }

    @Test
    void aPasswordGoesInAndNeverComesOut() {
        Map<String, Object> body = mailbox(null);
        Answer created = api.as(administrator).post("/mailboxes", body);
        String id = created.body().path("id").asText();

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).doesNotContain("secret", "password");
        assertThat(api.as(administrator).get("/mailboxes/" + id).text()).doesNotContain("secret", "password");
        Mailbox stored = mailboxes.find(MailboxId.of(id)).orElseThrow();
        assertThat(stored.smtp().secret()).doesNotContain("very secret");
        assertThat(mailboxes.password(stored.smtp())).isEqualTo("very secret");

        body.put("smtp", Map.of("host", "127.0.0.1", "port", 2525, "user", "other", "tls", "NONE"));
        assertThat(api.as(administrator)
                        .put("/mailboxes/" + id, body)
                        .body()
                        .at("/smtp/port")
                        .asInt())
                .isEqualTo(2525);
        assertThat(mailboxes.password(
                        mailboxes.find(MailboxId.of(id)).orElseThrow().smtp()))
                .isEqualTo("very secret");
        body.put("smtp", Map.of("host", "evil.example", "port", 2525, "user", "other", "tls", "NONE"));
        assertThat(api.as(administrator).put("/mailboxes/" + id, body).status()).isEqualTo(400);
    }

    @Test
    void aPasswordThatIsKeptNeverBeginsToTravelInClearText() {
        Map<String, Object> body = mailbox(null);
        body.put(
                "smtp",
                Map.of("host", "127.0.0.1", "port", 587, "user", "x", "password", "very secret", "tls", "STARTTLS"));
        String id =
                api.as(administrator).post("/mailboxes", body).body().path("id").asText();

        body.put("smtp", Map.of("host", "127.0.0.1", "port", 465, "user", "x", "tls", "IMPLICIT"));
        assertThat(api.as(administrator).put("/mailboxes/" + id, body).status()).isEqualTo(200);
        body.put("smtp", Map.of("host", "127.0.0.1", "port", 465, "user", "x", "tls", "NONE"));
        Answer refused = api.as(administrator).put("/mailboxes/" + id, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).contains("no longer encrypted", "'smtp.password'");
        body.put("smtp", server(465, "very secret"));
        assertThat(api.as(administrator).put("/mailboxes/" + id, body).status()).isEqualTo(200);
    }

    @Test
    void everybodyHasTheirOwnMailboxAndSeesNoOthers() {
        Answer own = api.as(seller).post("/mailboxes", mailbox(seller.id().toString()));
        Answer shared = api.as(administrator).post("/mailboxes", mailbox(null));

        assertThat(own.status()).isEqualTo(201);
        assertThat(api.as(seller).post("/mailboxes", mailbox(null)).status()).isEqualTo(403);
        assertThat(api.as(seller).get("/mailboxes").body().path("total").asInt())
                .isEqualTo(1);
        assertThat(api.as(seller)
                        .get("/mailboxes/" + shared.body().path("id").asText())
                        .status())
                .isEqualTo(404);
        assertThat(api.as(seller)
                        .delete("/mailboxes/" + own.body().path("id").asText())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void whatIsWrongIsSaidAllAtOnce() {
        Answer answer = api.as(administrator)
                .post(
                        "/mailboxes",
                        Map.of("address", "nobody", "smtp", Map.of("host", "a b", "port", 70000, "user", "x")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("problems").findValuesAsText("rule"))
                .containsExactly("address", "smtp.host", "smtp.port", "smtp.password");
    }

    @Test
    void limitsOfAMailboxAreShownAsTheyWereSaved() {
        Map<String, Object> body = mailbox(null);
        body.put("window", Map.of("days", List.of("MONDAY", 2), "from", "09:00", "to", "17:00", "zone", "RECIPIENT"));
        body.put("dailyCap", 50);
        body.put("minGapSeconds", 90);
        body.put("ramp", Map.of("start", 5, "add", 2));

        JsonNode created = api.as(administrator).post("/mailboxes", body).body();
        JsonNode shown = api.as(administrator)
                .get("/mailboxes/" + created.path("id").asText())
                .body();

        assertThat(shown.at("/window").toString())
                .isEqualTo(
                        "{\"days\":[\"MONDAY\",\"TUESDAY\"],\"from\":\"09:00\",\"to\":\"17:00\",\"zone\":\"RECIPIENT\"}");
        assertThat(shown.path("dailyCap").asInt()).isEqualTo(50);
        assertThat(shown.path("minGapSeconds").asInt()).isEqualTo(90);
        assertThat(shown.at("/ramp/start").asInt()).isEqualTo(5);
        assertThat(shown.at("/ramp/since").asText()).isEqualTo("2026-03-02");
        body.putAll(Map.of("ramp", Map.of("start", 5, "add", 2, "since", "2020-01-01"), "dailyCap", 60));
        assertThat(api.as(administrator)
                        .put("/mailboxes/" + shown.path("id").asText(), body)
                        .body()
                        .at("/ramp/since")
                        .asText())
                .isEqualTo("2026-03-02");
    }

    @Test
    void limitsThatMakeNoSenseAreRefusedEachWithASentence() {
        Map<String, Object> body = mailbox(null);
        body.put("window", Map.of("days", List.of("FUNDAY"), "from", "09:00", "to", "17:00"));
        body.put("dailyCap", 0);
        body.put("minGapSeconds", -1);
        body.put("ramp", Map.of("start", 5));

        Answer answer = api.as(administrator).post("/mailboxes", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("problems").findValuesAsText("rule"))
                .containsExactly("window", "dailyCap", "minGapSeconds", "ramp");
    }

    @Test
    void theTestNamesTheCause() {
        Mailbox good = mail.mailboxOf(seller);
        JsonNode fine = api.as(seller).post("/mailboxes/" + good.id() + "/test").body();
        assertThat(fine.path("ok").asBoolean()).isTrue();
        assertThat(fine.at("/imap/ok").asBoolean()).isTrue();

        try (ScriptedSmtp refusing = new ScriptedSmtp().on("AUTH", "535 5.7.8 wrong")) {
            Mailbox wrong = mail.mailbox(TestUsers.next("x") + "@example.com", seller.id(), refusing.port());
            JsonNode answer =
                    api.as(seller).post("/mailboxes/" + wrong.id() + "/test").body();
            assertThat(answer.path("ok").asBoolean()).isFalse();
            assertThat(answer.at("/smtp/message").asText()).contains("refuses the log-in");
        }

        Mailbox dead = mail.mailbox(TestUsers.next("x") + "@example.com", seller.id(), 1);
        assertThat(api.as(seller)
                        .post("/mailboxes/" + dead.id() + "/test")
                        .body()
                        .at("/smtp/message")
                        .asText())
                .contains("Nothing listens");

        Map<String, Object> tls = mailbox(seller.id().toString());
        tls.put("smtp", Map.of("host", "127.0.0.1", "port", TestMail.smtpPort(), "user", "x", "password", "y"));
        String id = api.as(seller).post("/mailboxes", tls).body().path("id").asText();
        assertThat(api.as(seller)
                        .post("/mailboxes/" + id + "/test")
                        .body()
                        .at("/smtp/message")
                        .asText())
                .contains("STARTTLS");
    }

    @Test
    void suppressionsOfAddressesAndDomains() {
        String domain = TestUsers.next("d") + ".example";
        Answer created = api.as(administrator).post("/suppressions", Map.of("address", "Ada@" + domain));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().path("address").asText()).isEqualTo("ada@" + domain);
        assertThat(created.body().path("reason").asText()).isEqualTo("MANUAL");
        assertThat(api.as(administrator)
                        .post("/suppressions", Map.of("address", "ada@" + domain))
                        .status())
                .isEqualTo(409);
        assertThat(api.as(administrator)
                        .post("/suppressions", Map.of("domain", domain))
                        .status())
                .isEqualTo(201);
        assertThat(api.as(administrator)
                        .post("/suppressions", Map.of("domain", "no domain"))
                        .status())
                .isEqualTo(400);
        assertThat(api.as(administrator).post("/suppressions", Map.of()).status())
                .isEqualTo(400);
        assertThat(api.as(administrator)
                        .get("/suppressions?q=" + domain)
                        .body()
                        .path("total")
                        .asInt())
                .isEqualTo(2);
        assertThat(api.as(seller).get("/suppressions").status()).isEqualTo(403);
        String id = created.body().path("id").asText();
        assertThat(api.as(administrator).delete("/suppressions/" + id).status()).isEqualTo(204);
        assertThat(api.as(administrator).delete("/suppressions/" + id).status()).isEqualTo(404);
    }

    @Test
    void listsOfUncertainAndUnmatchedMailsAnswer() {
        assertThat(api.as(administrator).get("/uncertain-mails").status()).isEqualTo(200);
        assertThat(api.as(administrator).get("/unmatched-mails").status()).isEqualTo(200);
        assertThat(api.as(seller).get("/unmatched-mails").status()).isEqualTo(200);
        assertThat(api.as(administrator)
                        .post("/uncertain-mails/" + java.util.UUID.randomUUID(), Map.of("decision", "SENT"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void thePagesWork() {
        Browser browser = api.browser().logIn(administrator.username(), administrator.password());
        String address = TestUsers.next("page") + "@example.com";

        assertThat(browser.get("/admin/mailboxes").statusCode()).isEqualTo(200);
        assertThat(browser.get("/admin/mailboxes/new").body()).contains("smtpHost");
        assertThat(browser.post("/admin/mailboxes", Map.of("address", address, "smtpHost", ""))
                        .statusCode())
                .isEqualTo(400);
        var saved = browser.post(
                "/admin/mailboxes",
                Map.of(
                        "address",
                        address,
                        "smtpHost",
                        "127.0.0.1",
                        "smtpPort",
                        "" + TestMail.smtpPort(),
                        "smtpTls",
                        "NONE",
                        "owner",
                        seller.id().toString()));
        assertThat(saved.body()).contains(address);
        String id = mailboxes.of(seller.id()).orElseThrow().toString();
        assertThat(browser.post("/admin/mailboxes/" + id + "/test", Map.of()).body())
                .contains("Connected");
        assertThat(browser.post("/admin/mailboxes/" + id + "/delete", Map.of()).statusCode())
                .isEqualTo(200);

        assertThat(browser.get("/admin/suppressions").statusCode()).isEqualTo(200);
        assertThat(browser.post("/admin/suppressions", Map.of("value", address)).body())
                .contains(address);
        assertThat(browser.post("/admin/suppressions", Map.of("value", "not valid"))
                        .statusCode())
                .isEqualTo(400);

        String name = TestUsers.next("page-template");
        Map<String, String> form = Map.of(
                "stored",
                "false",
                "name",
                name,
                "language",
                "en",
                "recordType",
                "LEAD",
                "subject",
                "Hi {{record.firstName}}",
                "html",
                "<p>Hello</p>");
        assertThat(browser.get("/mail-templates/new").statusCode()).isEqualTo(200);
        assertThat(browser.post("/mail-templates", form).body()).contains(name);
        assertThat(browser.get("/mail-templates/edit?language=en&name=" + name).body())
                .contains("Hi {{record.firstName}}");
        assertThat(browser.post("/mail-templates/preview", form).statusCode()).isEqualTo(200);
        assertThat(browser.post("/mail-templates/delete", Map.of("name", name, "language", "en"))
                        .statusCode())
                .isEqualTo(200);
    }
}
