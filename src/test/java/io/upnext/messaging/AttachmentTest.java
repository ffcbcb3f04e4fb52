package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.shared.InvalidException;
import io.upnext.shared.StepRunId;
import io.upnext.testing.Api;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@UpnextTest
class AttachmentTest {

    private static final byte[] CONTENT = "Prices and more".getBytes(StandardCharsets.UTF_8);

    @Autowired
    private Outbox outbox;

    @Autowired
    private Attachments attachments;

    @Autowired
    private MailActivity activity;

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

    private String uploaded() {
        String name = TestUsers.next("prices ü") + ".pdf";
        assertThat(api.as(seller)
                        .upload("/attachments", name, CONTENT, Map.of())
                        .status())
                .isEqualTo(201);
        return name;
    }

    private StepRunId send(CrmRecord lead, boolean clicks, String... names) {
        OutgoingMail asked = tests.mail(lead, seller.id(), tests.template("Prices", "<p>See the file</p>"));
        outbox.queue(OutgoingMail.of(asked.stepRun(), asked.enrollment(), "intro", lead.id())
                .from(seller.id(), null)
                .template(asked.template(), null)
                .track(clicks, clicks)
                .unsubscribeLink(true)
                .attachments(List.of(names))
                .mail());
        tests.dispatch();
        return asked.stepRun();
    }

    @Test
    void withoutTrackingTheFileTravelsInTheMail() throws Exception {
        CrmRecord lead = tests.lead(seller);
        String name = uploaded();

        send(lead, false, name);

        TestMail.Received received = mail.only(lead.text("email"));
        Multipart parts = (Multipart) received.message().getContent();
        BodyPart file = parts.getBodyPart(1);
        assertThat(received.message().getContentType()).startsWith("multipart/mixed");
        assertThat(jakarta.mail.internet.MimeUtility.decodeText(file.getFileName()))
                .isEqualTo(name);
        assertThat(file.getContentType()).startsWith("application/pdf");
        assertThat(file.getDisposition()).isEqualTo("attachment");
        assertThat(file.getInputStream().readAllBytes()).isEqualTo(CONTENT);
        assertThat(received.html()).contains("See the file").doesNotContain("/t/");
    }

    @Test
    void withTrackingItIsALinkAndOpeningItIsSeen() {
        CrmRecord lead = tests.lead(seller);
        String name = uploaded();
        StepRunId stepRun = send(lead, true, name);
        TestMail.Received received = mail.only(lead.text("email"));
        String link = TestMail.links(received).stream()
                .filter(target -> target.contains("/t/a/"))
                .findFirst()
                .orElseThrow();

        Api.Answer answer =
                api.anonymous().with("User-Agent", "Mozilla/5.0 Firefox/140.0").get("/" + path(link));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("Prices and more");
        assertThat(answer.header("Content-Disposition"))
                .startsWith("attachment;")
                .contains("filename*=UTF-8''");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).contains("sandbox");
        assertThat(activity.of(stepRun)).contains(Kind.ATTACHMENT_OPENED);
        assertThat(received.text()).contains(name).contains("/t/a/");
    }

    @Test
    void aScannerThatFetchesTheFileIsNoReader() {
        CrmRecord lead = tests.lead(seller);
        StepRunId stepRun = send(lead, true, uploaded());
        String link = TestMail.links(mail.only(lead.text("email"))).get(0);

        api.anonymous().with("User-Agent", "Barracuda Sentinel (EE)").get("/" + path(link));

        assertThat(tests.events(stepRun)).contains(Kind.ATTACHMENT_OPENED);
        assertThat(activity.of(stepRun)).containsExactly(Kind.SENT);
    }

    @Test
    void aDeletedAttachmentFailsTheMailWithASentenceAndItsLinksLeadNowhere() {
        String name = uploaded();
        CrmRecord before = tests.lead(seller);
        send(before, true, name);
        String link = TestMail.links(mail.only(before.text("email"))).get(0);

        attachments.delete(
                users.caller(seller), attachments.find(name).orElseThrow().id());
        StepRunId stepRun = send(tests.lead(seller), true, name);

        assertThat(tests.error(stepRun)).contains("no attachment '" + name + "'");
        assertThat(api.anonymous().get("/" + path(link)).status()).isEqualTo(404);
    }

    @Test
    void namesLoseWhatCouldDeceive() {
        assertThat(FileNames.safe("C:\\Users\\x\\..\\prices\u202Efdp.txt")).isEqualTo("pricesfdp.txt");
        assertThat(FileNames.safe("../../etc/passwd")).isEqualTo("passwd");
        assertThat(FileNames.safe("a\r\nX-Header: b\".pdf")).isEqualTo("aX-Header_ b_.pdf");
        assertThat(FileNames.safe("x".repeat(300) + ".pdf")).hasSize(150).endsWith(".pdf");
        assertThat(FileNames.contentType("page.unknown")).isEqualTo("application/octet-stream");
        for (String runs :
                List.of("setup.exe", "a.pdf.JS", "page.html", "logo.svg", "x.ps1. ", "site.mhtml", "go.url", "..")) {
            assertThatThrownBy(() -> FileNames.safe(runs)).as(runs).isInstanceOf(InvalidException.class);
        }
    }

    @Test
    void sizesAreLimitedAndNamesTakenOnce() {
        String name = uploaded();
        Api.Caller caller = api.as(seller);

        assertThat(caller.upload("/attachments", name.toUpperCase(), CONTENT, Map.of())
                        .status())
                .isEqualTo(409);
        assertThat(caller.upload("/attachments", "empty.txt", new byte[0], Map.of())
                        .status())
                .isEqualTo(400);
        Api.Answer large = caller.upload("/attachments", "large.zip", new byte[Attachments.MAX_BYTES + 1], Map.of());
        assertThat(large.status()).isEqualTo(400);
        assertThat(large.detail()).contains("10 MB");
        Api.Answer longName = caller.upload("/attachments", "long".repeat(300) + ".pdf", CONTENT, Map.of());
        assertThat(longName.status()).as(longName.text()).isEqualTo(201);
        assertThat(longName.body().path("name").asText()).hasSize(150);
        Api.Answer endless = caller.upload("/attachments", "long".repeat(3_000) + ".pdf", CONTENT, Map.of());
        assertThat(endless.status()).isEqualTo(413);
        assertThat(endless.detail()).contains("its name");
    }

    @Test
    void everybodySeesThemAndOnlyTheirOwnersAndManagersDeleteThem() {
        String name = uploaded();
        Person other = users.seller();
        String id = api.as(other)
                .get("/attachments?q=" + URI.create(name.replace(" ", "%20")).toASCIIString())
                .body()
                .at("/items/0/id")
                .asText();

        assertThat(api.as(other).get("/attachments/" + id + "/content").text()).isEqualTo("Prices and more");
        assertThat(api.as(other).delete("/attachments/" + id).status()).isEqualTo(403);
        assertThat(api.as(users.manager()).delete("/attachments/" + id).status())
                .isEqualTo(204);
        assertThat(api.as(other).get("/attachments/" + id).status()).isEqualTo(404);
        assertThat(api.anonymous().get("/attachments").status()).isEqualTo(401);
    }

    private static String path(String link) {
        return URI.create(link).getPath();
    }
}
