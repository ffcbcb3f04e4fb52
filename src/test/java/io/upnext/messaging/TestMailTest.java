package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.testing.Api;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestMail.Received;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A template sent to oneself, and the pages on which people write. */
@UpnextTest
class TestMailTest {

    @Autowired
    private Outbox outbox;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Api api;

    private MailTests tests;
    private Person seller;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeEach
    void aSellerWithAMailbox() {
        seller = users.seller();
        mail.mailboxOf(seller);
    }

    private String template() {
        return tests.template(
                "Hello {{record.firstName}}",
                "<p>{{record.city|your city}} <a href=\"https://example.com\">x</a> {{sender.name}}</p>");
    }

    @Test
    void aTestGoesToOneselfMarkedUntrackedAndLeavesNothingBehind() {
        CrmRecord lead = tests.lead(seller);
        long before = count();

        Api.Answer answer = api.as(seller)
                .post(
                        "/email-templates/" + template() + "/test",
                        Map.of("recordId", lead.id().toString()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        Received received = mail.only(seller.user().email());
        assertThat(received.subject()).isEqualTo("[Test] Hello Ada");
        assertThat(received.html())
                .contains(
                        "your city", "https://example.com", "/u/", seller.user().name())
                .doesNotContain("/t/");
        assertThat(received.header("List-Unsubscribe")).isNull();
        assertThat(count()).isEqualTo(before);
        assertThat(mail.at(lead.text("email"))).isEmpty();
    }

    private long count() {
        return jdbc.sql("select count(*) from mail where sender = ?")
                .param(seller.id().value())
                .query(Long.class)
                .single();
    }

    @Test
    void withoutARecordItShowsWhatWouldStandThere() {
        api.as(seller).post("/email-templates/" + template() + "/test");

        assertThat(mail.only(seller.user().email()).subject()).isEqualTo("[Test] Hello [record.firstName]");
    }

    @Test
    void withoutAMailboxOrARecordOneMaySeeASentenceSaysSo() {
        String template = template();
        Person other = users.seller();

        Api.Answer none = api.as(other).post("/email-templates/" + template + "/test");
        Api.Answer hidden = api.as(other)
                .post(
                        "/email-templates/" + template + "/test",
                        Map.of("recordId", tests.lead(seller).id().toString()));

        assertThat(none.status()).isEqualTo(422);
        assertThat(none.detail()).contains("no mailbox");
        assertThat(hidden.status()).isEqualTo(404);
    }

    @Test
    void thePagesOfWritingOpenAndSave() {
        Person manager = users.manager();
        var visitor = api.visit(manager);
        for (String path : List.of(
                "/mail-snippets",
                "/mail-attachments",
                "/account/mail",
                "/account/mailboxes/new",
                "/uncertain-mails",
                "/unmatched-mails",
                "/mail-templates/new")) {
            assertThat(visitor.get(path).status()).as(path).isEqualTo(200);
        }

        String name = TestUsers.next("Greeting");
        assertThat(visitor.post("/mail-snippets", "name", name, "html", "<p>Hi {{record.firstName}}</p>")
                        .text())
                .contains(name);
        visitor.post("/account/mail/signature", "signature", "<b>Ada</b>");
        assertThat(visitor.get("/account/mail").text()).contains("&lt;b&gt;Ada&lt;/b&gt;");
        assertThat(visitor.post("/mail-snippets", "name", "", "html", "").status())
                .isEqualTo(400);
    }

    @Test
    void aSnippetIsFilledForTheRecordOfTheMail() {
        CrmRecord lead = tests.lead(seller);
        String id = api.as(seller)
                .post("/snippets", Map.of("name", TestUsers.next("s"), "html", "<p>Hi {{record.firstName}}</p>"))
                .body()
                .path("id")
                .asText();
        var visitor = api.visit(seller);

        assertThat(visitor.get("/mail-snippets/" + id + "/text?record=" + lead.id())
                        .text())
                .contains("Hi Ada");
        assertThat(visitor.get("/mail-snippets/" + id + "/text").text()).contains("{{record.firstName}}");
    }

    @Test
    void aSellerSetsUpTheOwnMailboxAndNoOther() {
        Person fresh = users.seller();
        var visitor = api.visit(fresh);
        visitor.get("/account/mailboxes/new");
        String address = TestUsers.next("own") + "@example.com";

        var saved = visitor.post(
                "/account/mailboxes",
                "address",
                address,
                "owner",
                seller.id().toString(),
                "smtpHost",
                "127.0.0.1",
                "smtpPort",
                String.valueOf(TestMail.smtpPort()),
                "smtpTls",
                "NONE",
                "tracking",
                "true");

        assertThat(saved.path()).startsWith("/account/mailboxes/");
        assertThat(visitor.post(saved.path() + "/test").text()).contains("state-ok");
        assertThat(jdbc.sql("select owner::text from mailbox where address = ?")
                        .param(address)
                        .query(String.class)
                        .single())
                .isEqualTo(fresh.id().toString());
        assertThat(api.visit(seller).get(saved.path()).status()).isEqualTo(404);
        assertThat(visitor.get("/admin/mailboxes").status()).isEqualTo(403);
        jdbc.sql("delete from mailbox where address = ?").param(address).update();
    }
}
