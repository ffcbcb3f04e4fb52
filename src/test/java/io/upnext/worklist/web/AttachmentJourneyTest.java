package io.upnext.worklist.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.record.CrmRecord;
import io.upnext.testing.Api;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attachments from the step to the branch, and what people decide about mails that stand still. */
@UpnextTest
class AttachmentJourneyTest {

    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private TestMail mail;

    @Autowired
    private MutableClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Selling selling;
    private Person seller;
    private CrmRecord lead;
    private String file;

    @Autowired
    void set(ApplicationContext context) {
        selling = new Selling(context);
    }

    @BeforeEach
    void aSellerWithAnAttachment() {
        seller = users.seller();
        selling.equipWithMail(seller);
        lead = selling.lead(seller);
        file = TestUsers.next("offer") + ".pdf";
        api.as(seller).upload("/attachments", file, "The offer".getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private String with(String step) {
        return step.replaceFirst("\\}$", ", \"attachments\": [\"" + file + "\"]}");
    }

    @Test
    void openingTheAttachmentTakesTheYesBranch() {
        String condition = "{\"id\": \"read\", \"type\": \"CONDITION\", \"test\": {\"email\": {\"any\":"
                + " [\"ATTACHMENT_OPENED\"]}}, \"within\": {\"days\": 2}, \"decide\": \"AT_ONCE\", \"yes\": ["
                + Selling.TASK + "], \"no\": [" + Selling.CALL + "]}";
        selling.connect(selling.sequence(with(selling.automatedMail("Our offer")), condition), lead);
        clock.advance(Duration.ofHours(1));
        String link = TestMail.links(mail.only(lead.text("email"))).stream()
                .filter(target -> target.contains("/t/a/"))
                .findFirst()
                .orElseThrow();

        Api.Answer answer = api.anonymous()
                .with("User-Agent", BROWSER)
                .get("/" + URI.create(link).getPath());
        selling.settle();

        assertThat(answer.text()).isEqualTo("The offer");
        assertThat(selling.of(seller, lead, "ALL"))
                .extracting(step -> step.at("/step/id").asText())
                .containsExactly("meet");
    }

    @Test
    void anUnknownAttachmentIsAProblemOfTheSequence() {
        Api.Answer created = api.as(seller)
                .post(
                        "/sequences",
                        "{\"name\": \"x\", \"steps\": ["
                                + Selling.EMAIL.replaceFirst("\\}$", ", \"attachments\": [\"gone.pdf\"]}") + "]}");

        Api.Answer checked =
                api.as(seller).post("/sequences/" + created.body().path("id").asText() + "/check");

        assertThat(checked.text()).contains("attachment-missing", "gone.pdf");
    }

    @Test
    void theSellersMailTakesTheAttachmentsOfItsStepUnlessTheSellerChoosesOthers() {
        selling.connect(selling.sequence(with(Selling.EMAIL)), lead);
        String run = selling.of(seller, lead, "ALL").get(0).path("id").asText();

        Api.Answer page = new Api.Answer(
                200, null, api.visit(seller).get("/work?due=ALL&step=" + run).text(), null);
        Api.Answer wrong = api.as(seller)
                .post(
                        "/step-runs/" + run + "/complete",
                        Map.of(
                                "email",
                                Map.of("subject", "x", "html", "x", "attachments", java.util.List.of("no.pdf"))));
        api.as(seller)
                .post("/step-runs/" + run + "/complete", Map.of("email", Map.of("subject", "Hi", "html", "<p>x</p>")));
        selling.settle();

        assertThat(page.text()).contains("value=\"" + file + "\" checked");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(mail.only(lead.text("email")).header("Content-Type")).startsWith("multipart/mixed");
    }

    @Test
    void anUncertainMailIsDecidedByTheOwnerOfItsMailboxToo() {
        selling.connect(selling.sequence(selling.automatedMail("Hello"), Selling.TASK), lead);
        String id = jdbc.sql("update mail set state = 'UNCERTAIN', claimed_at = sent_at, error = 'No answer.'"
                        + " where record = ? returning id::text")
                .param(lead.id().value())
                .query(String.class)
                .single();

        assertThat(api.as(users.seller()).get("/uncertain-mails/" + id).status())
                .isEqualTo(404);
        assertThat(api.visit(seller).get("/uncertain-mails").text()).contains("No answer.", "GIVE_UP");
        assertThat(api.as(seller)
                        .post("/uncertain-mails/" + id, Map.of("decision", "GIVE_UP"))
                        .status())
                .isEqualTo(204);
        assertThat(api.as(seller).get("/uncertain-mails").body().path("total").asInt())
                .isZero();
    }

    @Test
    void anUnmatchedMailIsAssignedToAMailAndThenCounts() {
        selling.connect(selling.sequence(selling.automatedMail("Hello"), Selling.TASK), lead);
        String kept = keep();
        String ours = jdbc.sql("select id::text from mail where record = ?")
                .param(lead.id().value())
                .query(String.class)
                .single();

        assertThat(api.visit(seller).get("/unmatched-mails/" + kept).text()).contains("Who is this?", ours);
        assertThat(api.as(users.seller())
                        .post("/unmatched-mails/" + kept + "/assign", Map.of("mail", ours))
                        .status())
                .isEqualTo(404);
        assertThat(api.as(seller)
                        .post("/unmatched-mails/" + kept + "/assign", Map.of("mail", ours, "as", "REPLY"))
                        .status())
                .isEqualTo(204);
        selling.settle();

        assertThat(api.as(seller).get("/inbox").body().at("/items/0/snippet").asText())
                .isEqualTo("Who is this?");
        assertThat(selling.of(seller, lead, "ALL")).isEmpty();
        assertThat(api.as(seller).get("/unmatched-mails/" + kept).status()).isEqualTo(404);
    }

    @Test
    void aDismissedMailKeepsNoText() {
        String kept = keep();

        assertThat(api.as(seller).post("/unmatched-mails/" + kept + "/dismiss").status())
                .isEqualTo(204);

        assertThat(jdbc.sql("select raw is null and state = 'APPLIED' from inbound_mail where id = ?::uuid")
                        .param(kept)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    /** Such reports often hold nothing but fields for machines. */
    @Test
    void aKeptReportSaysAboutWhomItIs() {
        String kept = keep("""
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; who@unknown.example
                Action: failed
                Status: 5.1.1
                --b--
                """.replace("\n", "\r\n"));

        assertThat(api.visit(seller).get("/unmatched-mails/" + kept).text()).contains("who@unknown.example 5.1.1");
    }

    /** A message that came to the seller and fits nothing. */
    private String keep() {
        return keep("\r\nWho is this?\r\n");
    }

    private String keep(String rest) {
        byte[] raw = ("From: x@other.example\r\nSubject: Odd\r\nMessage-ID: <" + TestUsers.next("odd")
                        + "@other.example>\r\n" + rest)
                .getBytes(StandardCharsets.UTF_8);
        return jdbc.sql("""
                        insert into inbound_mail (id, mailbox, uid_validity, uid, fingerprint, received_at, raw, state, class,
                            from_address, subject, next_try_at, error)
                        select gen_random_uuid(), id, -1, 1, ?, ?, ?, 'KEPT', 'UNKNOWN', 'x@other.example', 'Odd', ?,
                            'Nothing fits.'
                        from mailbox where owner = ? returning id::text
                        """)
                .params(
                        TestUsers.next("f").getBytes(StandardCharsets.UTF_8),
                        clock.instant().atOffset(java.time.ZoneOffset.UTC),
                        raw,
                        clock.instant().atOffset(java.time.ZoneOffset.UTC),
                        seller.id().value())
                .query(String.class)
                .single();
    }
}
