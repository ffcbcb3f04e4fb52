package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordType;
import io.upnext.shared.UnprocessableException;
import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@UpnextTest
class TemplateRulesTest {

    @Autowired
    private MailTemplates templates;

    @Autowired
    private Records records;

    @Autowired
    private TestUsers users;

    @Autowired
    private Api api;

    private MailTests tests;
    private Person seller;
    private Person manager;

    @Autowired
    void set(Outbox outbox, TemplateCatalogue catalogue, JdbcClient jdbc, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeEach
    void people() {
        seller = users.seller();
        manager = users.manager();
    }

    private OutgoingMail.Written render(String subject, String html, CrmRecord record) {
        return templates.render(tests.template(subject, html), null, record.id(), seller.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/b", "a%2fb", "a;b", "a\\b"})
    void aNameThatNoPathCanHoldIsRefused(String name) {
        var mail = Map.of("name", name, "subject", "s", "html", "x", "language", "en", "recordType", "LEAD");
        var text = Map.of("name", name, "text", "x", "language", "en", "recordType", "LEAD");

        assertThat(api.as(manager).post("/email-templates", mail).status()).isEqualTo(400);
        assertThat(api.as(manager).post("/text-templates", text).status()).isEqualTo(400);
    }

    @Test
    void valuesAreEscapedInHtmlAndPlainInTheSubject() {
        CrmRecord lead = tests.lead(seller, Map.of("company", "R&D <Ltd>"));

        OutgoingMail.Written written = render("For {{record.company}}", "<p>{{ record.company }}</p>", lead);

        assertThat(written.subject()).isEqualTo("For R&D <Ltd>");
        assertThat(written.html()).isEqualTo("<p>R&amp;D &lt;Ltd&gt;</p>");
    }

    @Test
    void anEmptyFieldTakesItsFallbackAlsoAnEmptyOne() {
        OutgoingMail.Written written = render(
                "{{record.city|your city}}",
                "<p>{{record.city|R&amp;D \"x\"}}{{record.city|}}</p>",
                tests.lead(seller));

        assertThat(written.subject()).isEqualTo("your city");
        assertThat(written.html()).isEqualTo("<p>R&amp;D &#34;x&#34;</p>".replace("&#34;", "&quot;"));
    }

    @Test
    void everythingMissingIsNamedAtOnce() {
        assertThatThrownBy(() ->
                        render("{{record.city}}", "<p>{{record.jobTitle}} {{account.name}}</p>", tests.lead(seller)))
                .isInstanceOf(UnprocessableException.class)
                .hasMessageContainingAll("{{record.city}}", "{{record.jobTitle}}", "{{account.name}}");
    }

    @Test
    void ownerAndSenderAreKnown() {
        OutgoingMail.Written written =
                render("{{sender.name}}", "<p>{{owner.name}} {{sender.email}}</p>", tests.lead(seller));

        assertThat(written.subject()).isEqualTo(seller.user().name());
        assertThat(written.html())
                .contains(seller.user().name())
                .contains(seller.user().email().replace("@", "" + "@"));
    }

    @Test
    void anOpportunityReachesItsContactAndAccount() {
        Principal owner = Principal.user(seller.id());
        CrmRecord account =
                records.create(RecordType.ACCOUNT, Map.of("name", "Engines Ltd"), owner, "ACTIVE", Actor.SYSTEM);
        CrmRecord contact = records.create(
                RecordType.CONTACT,
                Map.of(
                        "firstName",
                        "Grace",
                        "lastName",
                        "Hopper",
                        "account",
                        account.id().toString()),
                owner,
                "ACTIVE",
                Actor.SYSTEM);
        CrmRecord deal = records.create(
                RecordType.OPPORTUNITY,
                Map.of(
                        "name",
                        "Big deal",
                        "account",
                        account.id().toString(),
                        "contact",
                        contact.id().toString()),
                owner,
                "OPEN",
                Actor.SYSTEM);

        OutgoingMail.Written written =
                render("{{record.name}}", "<p>{{contact.firstName}} of {{account.name}}</p>", deal);

        assertThat(written.subject()).isEqualTo("Big deal");
        assertThat(written.html()).isEqualTo("<p>Grace of Engines Ltd</p>");
    }

    @Test
    void theRecipientsLocaleChoosesThenTheDefaultThenAny() {
        String name = TestUsers.next("multi");
        tests.template(name, "en", "english", "<p>e</p>");
        tests.template(name, "de", "deutsch", "<p>d</p>");
        String french = tests.template(TestUsers.next("only"), "fr", "francais", "<p>f</p>");
        CrmRecord austrian = tests.lead(seller, Map.of("locale", "de-AT"));
        CrmRecord unknown = tests.lead(seller);

        assertThat(templates.render(name, null, austrian.id(), null).subject()).isEqualTo("deutsch");
        assertThat(templates.render(name, "en", austrian.id(), null).subject()).isEqualTo("english");
        assertThat(templates.render(name, null, unknown.id(), null).subject()).isEqualTo("english");
        assertThat(templates.render(french, null, unknown.id(), null).subject()).isEqualTo("francais");
        assertThatThrownBy(() -> templates.render(name, "it", unknown.id(), null))
                .hasMessageContaining("'it'");
    }

    @Test
    void scriptsAndHandlersAreTakenOutAndPlaceholdersInLinksStay() {
        CrmRecord lead = tests.lead(seller, Map.of("city", "New York & Co", "website", "javascript:alert(1)"));

        OutgoingMail.Written written = render(
                "x",
                "<p onclick=\"x()\">a<script>alert(1)</script><a href=\"https://example.com/?c={{record.city}}\">b</a>"
                        + "<a href=\"{{record.website}}\">c</a></p>",
                lead);

        assertThat(written.html())
                .contains("https://example.com/?c&#61;New%20York%20%26%20Co")
                .doesNotContain("onclick", "script");
    }

    @Test
    void whatIsNoPlaceholderIsRefusedWhenSaved() {
        for (String wrong : List.of(
                "{{record.firstName",
                "{{firstName}}",
                "{{user.name}}",
                "{{#if x}}",
                "{{record.a b}}",
                "{{ }}",
                "{{{record.city}}}")) {
            Api.Answer answer = api.as(manager)
                    .post(
                            "/email-templates",
                            Map.of(
                                    "name",
                                    TestUsers.next("t"),
                                    "subject",
                                    "x",
                                    "html",
                                    "<p>" + wrong + "</p>",
                                    "language",
                                    "en",
                                    "recordType",
                                    "LEAD"));

            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.body().at("/problems/0/rule").asText()).isEqualTo("template-placeholder");
        }
    }

    @Test
    void aZeroCharacterIsRefusedInHtmlAndInText() {
        for (String field : List.of("html", "text")) {
            Map<String, String> body = new HashMap<>(
                    Map.of("name", TestUsers.next("t"), "subject", "x", "html", "<p>x</p>", "language", "en"));
            body.put("recordType", "LEAD");
            body.put(field, "<p>a\0b</p>");

            Api.Answer answer = api.as(manager).post("/email-templates", body);

            assertThat(answer.status()).as(field).isEqualTo(400);
            assertThat(answer.body().at("/problems/0/rule").asText()).isEqualTo("template-" + field);
        }
    }

    @Test
    void aTemplateIsCreatedOnceChangedAndDeletedOverRest() {
        String name = TestUsers.next("t");
        Map<String, String> body = Map.of(
                "name",
                name,
                "subject",
                "Hello",
                "html",
                "<p>Hi {{record.firstName}}</p>",
                "language",
                "en",
                "recordType",
                "LEAD");

        assertThat(api.as(manager).post("/email-templates", body).status()).isEqualTo(201);
        assertThat(api.as(manager).post("/email-templates", body).status()).isEqualTo(409);
        assertThat(api.as(seller).post("/email-templates", body).status()).isEqualTo(403);
        assertThat(api.as(seller)
                        .get("/email-templates?q=" + name)
                        .body()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(api.as(seller).get("/email-templates?sort=nope").status()).isEqualTo(400);
        assertThat(api.as(manager)
                        .put(
                                "/email-templates/" + name + "?language=en",
                                Map.of("subject", "New", "html", "<p>x</p>", "recordType", "LEAD"))
                        .body()
                        .path("subject")
                        .asText())
                .isEqualTo("New");
        assertThat(api.as(manager)
                        .put("/email-templates/" + name + "?language=de", body)
                        .status())
                .isEqualTo(404);
        assertThat(api.as(manager)
                        .delete("/email-templates/" + name + "?language=en")
                        .status())
                .isEqualTo(204);
        assertThat(api.as(manager).get("/email-templates/" + name).status()).isEqualTo(404);
        assertThat(api.as(manager)
                        .post("/email-templates", "{\"name\":\"x\",\"recordType\":\"NOTHING\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aPreviewShowsTheMailOfARealRecord() {
        String name = tests.template("Hello {{record.firstName}}", "<p>{{record.company}}</p>");
        CrmRecord lead = tests.lead(seller);

        Api.Answer answer = api.as(seller)
                .post(
                        "/email-templates/" + name + "/preview",
                        Map.of("recordId", lead.id().toString()));

        assertThat(answer.body().path("subject").asText()).isEqualTo("Hello Ada");
        assertThat(answer.body().path("html").asText()).isEqualTo("<p>Engines</p>");
        assertThat(answer.body().path("text").asText()).isEqualTo("Engines");
        assertThat(api.as(users.seller())
                        .post(
                                "/email-templates/" + name + "/preview",
                                Map.of("recordId", lead.id().toString()))
                        .status())
                .isEqualTo(404);
        assertThat(api.as(seller)
                        .post("/email-templates/" + name + "/preview", Map.of())
                        .status())
                .isEqualTo(400);
    }
}
