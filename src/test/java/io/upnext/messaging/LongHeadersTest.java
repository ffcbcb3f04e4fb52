package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.Records;
import io.upnext.shared.StepRunId;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Headers of any length arrive in lines that servers take (RFC 5322 §2.1.1), and with their text unchanged. */
@UpnextTest
class LongHeadersTest {

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Mailboxes mailboxes;

    private final ScriptedSmtp server = new ScriptedSmtp();
    private MailTests tests;
    private Person seller;
    private Mailbox mailbox;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, Outbox outbox, JdbcClient jdbc, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeEach
    void aMailboxWithAnOddAddress() {
        seller = users.seller();
        mailbox = mail.mailbox(
                TestUsers.next("r&d?") + "%+a@" + TestUsers.next("long") + ".example", seller.id(), server.port());
    }

    @AfterEach
    void goneForTheNextTest() {
        tests.forgetEnrollments();
        mailboxes.delete(mailbox.id());
        server.close();
    }

    private MimeMessage sent(String company) throws Exception {
        StepRunId stepRun = tests.queue(
                tests.lead(seller, Map.of("company", company)),
                seller.id(),
                tests.template("{{record.company}}".repeat(9), "<p>Hello</p>"));
        tests.dispatch();
        assertThat(tests.state(stepRun)).as(tests.error(stepRun)).isEqualTo("SENT");
        String raw = server.accepted().get(server.accepted().size() - 1);
        assertThat(raw.split("\r\n")).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(998));
        return new MimeMessage(null, new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aSubjectOfOneEndlessWord() throws Exception {
        String word = "x".repeat(200);

        assertThat(sent(word).getSubject()).isEqualTo(word.repeat(9));
    }

    @Test
    void aSubjectOfManyWordsInOtherScripts() throws Exception {
        String words = "Привет 世界 🙂 ".repeat(13) + "!";

        assertThat(sent(words).getSubject()).isEqualTo(words.repeat(9));
    }

    @Test
    void theAddressToUnsubscribeAtSurvivesItsOwnOddCharacters() throws Exception {
        String unsubscribe = sent("Engines").getHeader("List-Unsubscribe", null);

        assertThat(unsubscribe)
                .contains("<mailto:r%26d%3F")
                .contains("%25%2Ba@")
                .contains("?subject=unsubscribe%20");
    }
}
