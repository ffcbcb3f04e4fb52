package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.messaging.receiving.Listeners;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.shared.MailboxId;
import io.upnext.shared.StepRunId;
import io.upnext.testing.Api;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mail leaves and comes in under TLS, by certificates of an authority that this test alone trusts. */
@UpnextTest
class TlsTest {

    private static final TestAuthority authority = new TestAuthority();
    private static SSLContext usual;

    @Autowired
    private Api api;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private Receiving receiving;

    @Autowired
    private Listeners listeners;

    @Autowired
    private JdbcClient jdbc;

    private MailTests tests;
    private Person seller;
    private MailboxId mailbox;
    private TlsFront smtp;
    private TlsFront imap;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, Outbox outbox, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeAll
    static void trust() throws Exception {
        usual = SSLContext.getDefault();
        SSLContext.setDefault(authority.trusting());
    }

    @AfterAll
    static void trustAsUsual() {
        SSLContext.setDefault(usual);
    }

    @BeforeEach
    void aMailbox() {
        seller = users.seller();
        mailbox = mail.mailboxOf(seller).id();
    }

    @AfterEach
    void goneForTheNextTest() {
        tests.forgetEnrollments();
        listeners.stop(mailbox);
        mailboxes.delete(mailbox);
        smtp.close();
        imap.close();
    }

    private void behind(SSLContext server, String mode) {
        boolean implicit = mode.equals("IMPLICIT");
        smtp = new TlsFront(server, TestMail.smtpPort(), implicit, false);
        imap = new TlsFront(server, TestMail.imapPort(), implicit, true);
        at("smtp", smtp, mode);
        at("imap", imap, mode);
    }

    private void at(String server, TlsFront front, String mode) {
        jdbc.sql("update mailbox set " + server + " = " + server
                        + " || jsonb_build_object('port', ?::int, 'tls', ?::text), version = version + 1 where id = ?")
                .params(front.port(), mode, mailbox.value())
                .update();
    }

    private JsonNode tested() {
        return api.as(seller).post("/mailboxes/" + mailbox + "/test").body();
    }

    private StepRunId send(CrmRecord lead) {
        StepRunId stepRun = tests.queue(lead, seller.id(), tests.template("Hello", "<p>Hello</p>"));
        tests.dispatch();
        return stepRun;
    }

    private List<MailEvent.Kind> answered(CrmRecord lead, StepRunId stepRun) {
        mail.answer(mail.only(lead.text("email")), "Yes.\n\n> " + "long ".repeat(100_000));
        receiving.fetchNow(mailbox);
        tests.run("mail-inbound");
        return tests.events(stepRun);
    }

    private void goesOutAndComesIn() {
        assertThat(tested().path("ok").asBoolean()).as(tested().toString()).isTrue();
        CrmRecord lead = tests.lead(seller);
        StepRunId stepRun = send(lead);

        assertThat(tests.state(stepRun)).as(tests.error(stepRun)).isEqualTo("SENT");
        assertThat(answered(lead, stepRun)).containsExactly(MailEvent.Kind.SENT, MailEvent.Kind.REPLIED);
        assertThat(smtp.safe()).isPositive();
        assertThat(imap.safe()).isPositive();
    }

    @Test
    void underTlsFromTheFirstByteOn() {
        behind(authority.server(GeneralName.iPAddress, "127.0.0.1"), "IMPLICIT");

        goesOutAndComesIn();
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    listeners.listen(mailbox);
                    return listeners.isListening(mailbox);
                });
    }

    @Test
    void underTlsAfterStartTls() {
        behind(authority.server(GeneralName.iPAddress, "127.0.0.1"), "STARTTLS");

        goesOutAndComesIn();
        assertThat(smtp.inClear()).allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS"));
        assertThat(imap.inClear()).allMatch(line -> line.endsWith("CAPABILITY") || line.endsWith("STARTTLS"));
    }

    @Test
    void aCertificateForAnotherNameIsRefusedBeforeTheLogIn() {
        for (String mode : List.of("IMPLICIT", "STARTTLS")) {
            behind(authority.server(GeneralName.dNSName, "mail.example"), mode);
            JsonNode result = tested();
            assertThat(result.at("/smtp/message").asText()).contains("is not valid for this name");
            assertThat(result.at("/imap/message").asText()).contains("is not valid for this name");

            StepRunId stepRun = send(tests.lead(seller));
            receiving.fetchNow(mailbox);

            assertThat(tests.state(stepRun)).isEqualTo("QUEUED");
            assertThat(mailboxes.find(mailbox).orElseThrow().error()).contains("is not valid for this name");
            assertThat(smtp.safe() + imap.safe()).isZero();
            smtp.close();
            imap.close();
            mailboxes.works(mailbox);
        }
    }
}
