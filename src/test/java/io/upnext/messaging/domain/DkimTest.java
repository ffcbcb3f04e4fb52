package io.upnext.messaging.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.messaging.MailTests;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.Outbox;
import io.upnext.messaging.ScriptedSmtp;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.Records;
import io.upnext.shared.StepRunId;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Browser;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What arrives at an SMTP peer, verified by another library than the one that signed it. */
@UpnextTest
class DkimTest {

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private TestMail mail;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private DkimSigning dkim;

    @Autowired
    private JdbcClient jdbc;

    private final ScriptedSmtp server = new ScriptedSmtp();
    private final String domain = TestUsers.next("domain") + ".example";
    private MailTests tests;
    private Person administrator;
    private Person seller;
    private Mailbox mailbox;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, Outbox outbox, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeEach
    void aMailboxOfThatDomain() {
        administrator = users.administrator();
        seller = users.seller();
        mailbox = mail.mailbox("ada@mail." + domain, seller.id(), server.port());
    }

    @AfterEach
    void goneForTheNextTest() {
        tests.forgetEnrollments();
        mailboxes.delete(mailbox.id());
        server.close();
    }

    private String key(String ofDomain, String selector) {
        Answer made = api.as(administrator).post("/dkim-keys", Map.of("domain", ofDomain, "selector", selector));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.body().path("id").asText();
    }

    private void enable(String key, boolean enabled) {
        assertThat(api.as(administrator)
                        .put("/dkim-keys/" + key, Map.of("enabled", enabled))
                        .status())
                .isEqualTo(200);
    }

    private String send(String subject, String html) {
        StepRunId stepRun = tests.queue(tests.lead(seller), seller.id(), tests.template(subject, html));
        tests.dispatch();
        assertThat(tests.state(stepRun)).as(tests.error(stepRun)).isEqualTo("SENT");
        return server.accepted().get(server.accepted().size() - 1);
    }

    private SignatureRecord verified(String message, String... published) throws Exception {
        DKIMVerifier verifier = new DKIMVerifier((method, selector, signer) -> List.of(published));
        List<SignatureRecord> valid =
                verifier.verify(new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)));
        return valid == null || valid.isEmpty() ? null : valid.get(0);
    }

    private String published(String key) {
        return api.as(administrator)
                .get("/dkim-keys/" + key)
                .body()
                .at("/record/value")
                .asText();
    }

    @Test
    void whatArrivesIsSignedWithTheKeyThatIsPublished() throws Exception {
        String key = key("mail." + domain, "s1");
        enable(key, true);

        String message = send(
                "Grüße {{record.firstName}} ✓ and a subject that is long enough to be folded more than once by anybody",
                "<p>Dear {{record.firstName}},</p>\n\n<p>.  A line that begins with a dot — and   spaces\t\tÄÖÜ "
                        + "long ".repeat(300) + "<a href=\"https://example.com/a?b=c&d=e\">offer</a></p>\n\n\n");

        SignatureRecord signature = verified(message, published(key));
        assertThat(signature).isNotNull();
        assertThat(signature.getDToken().toString()).isEqualTo("mail." + domain);
        assertThat(signature.getHeaderCanonicalisationMethod()).isEqualTo("relaxed");
        assertThat(signature.getBodyCanonicalisationMethod()).isEqualTo("relaxed");
        assertThat(signature.getHeaders().stream().map(name -> name.toString().toLowerCase()))
                .contains(
                        "from",
                        "to",
                        "subject",
                        "date",
                        "message-id",
                        "list-unsubscribe",
                        "list-unsubscribe-post",
                        "mime-version",
                        "content-type");
    }

    @Test
    void whatIsChangedOnTheWayIsNoticed() throws Exception {
        String key = key("mail." + domain, "s1");
        enable(key, true);
        String message = send("Hello", "<p>Hello</p>");

        assertThat(verified(message, published(key))).isNotNull();
        assertThatThrownBy(() -> verified(message.replace("Subject: Hello", "Subject: Hullo"), published(key)))
                .isInstanceOf(FailException.class);
        assertThatThrownBy(() -> verified(message.replace("One-Click", "None-Click"), published(key)))
                .isInstanceOf(FailException.class);
        assertThatThrownBy(() -> verified(message, published(key("other." + domain, "s1"))))
                .isInstanceOf(FailException.class);
    }

    @Test
    void theKeyOfTheDomainAboveSignsToo() throws Exception {
        String key = key(domain, "top");
        enable(key, true);

        assertThat(verified(send("Hello", "<p>Hello</p>"), published(key))).isNotNull();
    }

    @Test
    void onlyAnEnabledKeySigns() throws Exception {
        String first = key("mail." + domain, "s1");
        assertThat(send("Hello", "<p>Hello</p>")).doesNotContain("DKIM-Signature");

        enable(first, true);
        String second = key("mail." + domain, "s2");
        enable(second, true);
        String message = send("Hello", "<p>Hello</p>");
        assertThat(verified(message, published(second)).getSelector().toString())
                .isEqualTo("s2");
        assertThat(api.as(administrator)
                        .get("/dkim-keys/" + first)
                        .body()
                        .path("enabled")
                        .asBoolean())
                .isFalse();

        enable(second, false);
        assertThat(send("Hello", "<p>Hello</p>")).doesNotContain("DKIM-Signature");
        assertThat(api.as(administrator).delete("/dkim-keys/" + second).status())
                .isEqualTo(204);
    }

    @Test
    void aKeyThatCannotBeUsedStopsItsOwnDomainOnly() {
        String key = key("mail." + domain, "s1");
        enable(key, true);
        Person other = users.seller();
        mail.mailboxOf(other);
        jdbc.sql("update dkim_key set private_key = 'v1:broken' where id = ?::uuid")
                .param(key)
                .update();
        StepRunId waits = tests.queue(tests.lead(seller), seller.id(), tests.template("x", "<p>x</p>"));
        StepRunId goes = tests.queue(tests.lead(other), other.id(), tests.template("x", "<p>x</p>"));
        tests.dispatch();

        assertThat(tests.state(goes)).isEqualTo("SENT");
        assertThat(tests.state(waits)).isEqualTo("QUEUED");
        assertThat(mailboxes.find(mailbox.id()).orElseThrow().error()).contains("DKIM key", "replace or disable");
        assertThat(server.seen()).isEmpty();

        assertThat(api.as(administrator).delete("/dkim-keys/" + key).status()).isEqualTo(204);
    }

    @Test
    void keysAreMadeByAdministratorsAndThePrivateHalfStaysHere() {
        Answer made = api.as(administrator).post("/dkim-keys", Map.of("domain", "Bücher." + domain));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().at("/record/name").asText()).isEqualTo("upnext._domainkey.xn--bcher-kva." + domain);
        assertThat(made.body().at("/record/value").asText()).startsWith("v=DKIM1; k=rsa; p=MIIB");
        assertThat(made.text()).doesNotContain("rivate");
        assertThat(jdbc.sql("select private_key from dkim_key where id = ?::uuid")
                        .param(made.body().path("id").asText())
                        .query(String.class)
                        .single())
                .startsWith("v1:");
        assertThat(api.as(administrator)
                        .post("/dkim-keys", Map.of("domain", "bücher." + domain))
                        .status())
                .isEqualTo(409);
        assertThat(api.as(administrator)
                        .post("/dkim-keys", Map.of("domain", "no domain", "selector", "a..b"))
                        .body()
                        .path("problems")
                        .findValuesAsText("rule"))
                .containsExactly("domain", "selector");
        assertThat(api.as(seller).get("/dkim-keys").status()).isEqualTo(403);
        assertThat(api.as(seller).post("/dkim-keys", Map.of("domain", domain)).status())
                .isEqualTo(403);
    }

    @Test
    void thePageShowsTheRecordToPublish() {
        Browser browser = api.browser().logIn(administrator.username(), administrator.password());
        String page = TestUsers.next("page") + ".example";

        assertThat(browser.post("/admin/domains", Map.of("domain", page, "selector", "sel"))
                        .body())
                .contains("sel._domainkey." + page, "v=DKIM1; k=rsa; p=", "data-confirm=\"Is the record of " + page);
        assertThat(browser.post("/admin/domains", Map.of("domain", "no domain")).statusCode())
                .isEqualTo(400);
        assertThat(browser.post("/admin/domains/check", Map.of("domain", page)).body())
                .contains("SPF", "DMARC", "_dmarc." + page);
    }
}
