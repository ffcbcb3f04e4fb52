package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.testing.Api;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signatures and snippets: what sellers write once and use in many mails. */
@UpnextTest
class SnippetTest {

    @Autowired
    private Outbox outbox;

    @Autowired
    private MailTemplates templates;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Api api;

    private MailTests tests;
    private Person seller;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, JdbcClient jdbc, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeEach
    void aSellerWithAMailbox() {
        seller = users.seller();
        mail.mailboxOf(seller);
    }

    @AfterEach
    void nothingLeftForOthers() {
        tests.forgetEnrollments();
    }

    private void sign(String html) {
        assertThat(api.as(seller).put("/me/signature", Map.of("html", html)).status())
                .isEqualTo(200);
    }

    @Test
    void theSignatureStandsBeforeTheFooterAndWithoutWhatCouldDoHarm() {
        sign("<b>Grace</b><script>alert(1)</script><img src=\"https://example.com/logo.png\" onerror=\"x()\">");
        CrmRecord lead = tests.lead(seller);

        tests.queue(lead, seller.id(), tests.template("Hello", "<p>Text</p>"));
        tests.dispatch();

        TestMail.Received received = mail.only(lead.text("email"));
        assertThat(received.html())
                .containsSubsequence("Text", "<b>Grace</b>", "logo.png", "<hr", "/u/")
                .doesNotContain("script", "onerror");
        assertThat(received.text()).containsSubsequence("Text", "Grace", "----------");
    }

    @Test
    void aTemplateMaySayWhereTheSignatureStands() {
        sign("<i>Grace \"the\" first</i>");
        CrmRecord lead = tests.lead(seller);
        String template =
                tests.template("Hello", "<p>{{sender.signature}}</p><p title=\"{{sender.signature}}\">P.S.</p>");

        OutgoingMail.Written written = templates.render(template, null, lead.id(), seller.id());

        assertThat(written.html())
                .isEqualTo("<p><i>Grace &#34;the&#34; first</i></p>"
                        + "<p title=\"Grace &quot;the&quot; first\">P.S.</p>");
        assertThat(templates
                        .render(template, null, lead.id(), users.seller().id())
                        .html())
                .isEqualTo("<p></p><p title=\"\">P.S.</p>");
    }

    @Test
    void aSubjectTakesNoSignature() {
        Api.Answer answer = api.as(users.manager())
                .post(
                        "/email-templates",
                        Map.of(
                                "name",
                                TestUsers.next("t"),
                                "subject",
                                "{{sender.signature}}",
                                "html",
                                "<p>x</p>",
                                "language",
                                "en",
                                "recordType",
                                "LEAD"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("cannot stand in the subject");
    }

    @Test
    void snippetsAreOwnOrShared() {
        Person manager = users.manager();
        String own = create(seller, Map.of("name", "Greeting", "html", "<p>Hi {{record.firstName}}</p>"));
        String shared = create(manager, Map.of("name", TestUsers.next("All"), "html", "<p>x</p>", "shared", true));

        assertThat(api.as(users.seller()).get("/snippets/" + own).status()).isEqualTo(404);
        assertThat(api.as(seller).get("/snippets/" + shared).status()).isEqualTo(200);
        assertThat(api.as(seller).get("/snippets?size=500").text()).contains(own, shared);
        assertThat(api.as(seller).delete("/snippets/" + shared).status()).isEqualTo(403);
        assertThat(api.as(seller)
                        .post("/snippets", Map.of("name", "x", "html", "<p>x</p>", "shared", true))
                        .status())
                .isEqualTo(403);
        assertThat(api.as(seller)
                        .put("/snippets/" + own, Map.of("name", "Hello", "html", "<p onclick=\"x()\">New</p>"))
                        .body()
                        .path("html")
                        .asText())
                .isEqualTo("<p>New</p>");
        assertThat(api.as(seller).delete("/snippets/" + own).status()).isEqualTo(204);
    }

    private String create(Person person, Map<String, Object> body) {
        Api.Answer answer = api.as(person).post("/snippets", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    @Test
    void whatIsNoSnippetIsRefusedWithASentence() {
        create(seller, Map.of("name", "Taken", "html", "<p>x</p>"));

        assertThat(api.as(seller)
                        .post("/snippets", Map.of("name", "taken", "html", "<p>y</p>"))
                        .status())
                .isEqualTo(409);
        assertThat(api.as(seller)
                        .post("/snippets", Map.of("name", "", "html", "{{nothing}}"))
                        .body()
                        .path("problems")
                        .size())
                .isEqualTo(2);
    }
}
