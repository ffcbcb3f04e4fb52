package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.messaging.tracking.Tokens;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.shared.MailId;
import io.upnext.shared.StepRunId;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestMail.Received;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@UpnextTest
class ReceivingTest {

    @Autowired
    private Outbox outbox;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Receiving receiving;

    @Autowired
    private Suppressions suppressions;

    @Autowired
    private MailActivity activity;

    @Autowired
    private Tokens tokens;

    @Autowired
    private MutableClock clock;

    @Autowired
    private JdbcClient jdbc;

    private MailTests tests;
    private Mailbox mailbox;
    private CrmRecord lead;
    private StepRunId stepRun;
    private Received sent;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @AfterEach
    void nothingLeftForOthers() {
        tests.forgetEnrollments();
    }

    @BeforeEach
    void aMailThatWasSent() {
        Person seller = users.seller();
        mailbox = mail.mailboxOf(seller);
        lead = tests.lead(seller);
        stepRun = tests.queue(lead, seller.id(), tests.template("Hello", "<p>Hello</p>"));
        tests.dispatch();
        sent = mail.only(lead.text("email"));
    }

    private void receive() {
        receiving.fetchNow(mailbox.id());
        tests.run("mail-inbound");
    }

    private static void header(MimeMessage message, String name, String value) {
        try {
            if (value == null) {
                message.removeHeader(name);
            } else {
                message.setHeader(name, value);
            }
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String inbound(String column) {
        return jdbc.sql("select " + column + " from inbound_mail where mailbox = ?")
                .param(mailbox.id().value())
                .query(String.class)
                .single();
    }

    @Test
    void anAnswerInTheThreadIsAReply() {
        mail.answer(sent, "Yes, gladly.\n\nOn Monday, somebody wrote:\n> Hello");
        receive();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT, Kind.REPLIED);
        assertThat(activity.of(stepRun)).contains(Kind.REPLIED);
        assertThat(inbound("matched_by")).isEqualTo("MESSAGE_ID");
        assertThat(inbound("snippet")).isEqualTo("Yes, gladly.");
    }

    @Test
    void anAnswerFromAnotherAddressInTheThreadIsAReplyToo() {
        mail.answer(sent, "I am her colleague.", m -> header(m, "From", "colleague@prospect.example"));
        receive();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT, Kind.REPLIED);
    }

    @Test
    void anAnswerWithoutThreadHeadersIsFoundByTheSendersAddress() {
        mail.answer(sent, "New mail", m -> {
            header(m, "In-Reply-To", null);
            header(m, "References", null);
        });
        receive();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT, Kind.REPLIED);
        assertThat(inbound("matched_by")).isEqualTo("ADDRESS");
    }

    @Test
    void anAnswerToTheSignedAddressIsFoundByIt() {
        MailId id = MailId.of(sent.messageId().substring(1, 37));
        String plus = sent.from().replace("@", "+r-" + tokens.reply(id) + "@");
        mail.answer(sent, "Hello", m -> {
            header(m, "In-Reply-To", null);
            header(m, "References", null);
            header(m, "From", "somebody-else@prospect.example");
            header(m, "X-Original-To", plus);
        });
        receive();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT, Kind.REPLIED);
        assertThat(inbound("matched_by")).isEqualTo("PLUS_ADDRESS");
    }

    @Test
    void anAutomaticAnswerIsNeverAReply() {
        Map<String, String> marks = Map.of(
                "Auto-Submitted", "auto-replied",
                "X-Autoreply", "yes",
                "X-Auto-Response-Suppress", "All",
                "Precedence", "bulk",
                "Subject", "Out of Office: Re: Hello",
                "X-Autorespond", "true");
        marks.forEach((name, value) -> mail.answer(sent, "I am away", m -> header(m, name, value)));
        receive();

        assertThat(tests.events(stepRun)).hasSize(1 + marks.size()).containsOnly(Kind.SENT, Kind.AUTO_REPLIED);
        assertThat(activity.of(stepRun)).doesNotContain(Kind.REPLIED);
    }

    @Test
    void anAnswerMarkedAsWrittenByAPersonIsAReply() {
        mail.answer(sent, "Hello", m -> header(m, "Auto-Submitted", "no"));
        receive();

        assertThat(tests.events(stepRun)).contains(Kind.REPLIED);
    }

    @Test
    void aHardBounceSuppressesTheAddress() {
        mail.bounce(sent, "5.1.1");
        receive();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT, Kind.BOUNCED_HARD);
        assertThat(suppressions.contains(lead.text("email"))).isTrue();
    }

    @Test
    void aSoftBounceDoesNot() {
        mail.bounce(sent, "4.2.2");
        receive();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT, Kind.BOUNCED_SOFT);
        assertThat(suppressions.contains(lead.text("email"))).isFalse();
    }

    /** Another mail to the same address, later than those before. */
    private Received next() {
        clock.advance(Duration.ofMinutes(1));
        stepRun = tests.queue(lead, mailbox.owner(), tests.template("Hello again", "<p>Hello</p>"));
        tests.dispatch();
        List<Received> all = mail.at(lead.text("email"));
        return all.get(all.size() - 1);
    }

    private Kind comesBackSoftly(Received message) {
        mail.bounce(message, "4.2.2");
        receive();
        List<Kind> events = tests.events(stepRun);
        return events.get(events.size() - 1);
    }

    @Test
    void theThirdSoftBounceInARowIsAHardOne() {
        List<Kind> kinds = List.of(comesBackSoftly(sent), comesBackSoftly(next()), comesBackSoftly(next()));

        assertThat(kinds).containsExactly(Kind.BOUNCED_SOFT, Kind.BOUNCED_SOFT, Kind.BOUNCED_HARD);
        assertThat(suppressions.contains(lead.text("email"))).isTrue();
    }

    @Test
    void aMailThatDoesNotComeBackBeginsTheRowAnew() {
        comesBackSoftly(sent);
        comesBackSoftly(next());
        next();

        assertThat(List.of(comesBackSoftly(next()), comesBackSoftly(next()))).containsOnly(Kind.BOUNCED_SOFT);
        assertThat(suppressions.contains(lead.text("email"))).isFalse();
    }

    @Test
    void aMessageHasOneEffectHoweverOftenItIsRead() {
        mail.answer(sent, "Hello");
        receive();
        receive();
        // As after a change of UIDVALIDITY: everything is read anew under other numbers.
        jdbc.sql("update mailbox_cursor set uid_validity = 1, last_uid = 0 where mailbox = ?")
                .param(mailbox.id().value())
                .update();
        jdbc.sql("update inbound_mail set uid_validity = 1 where mailbox = ?")
                .param(mailbox.id().value())
                .update();
        receive();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT, Kind.REPLIED);
    }

    @Test
    void unsubscribingByMailIsNoReply() {
        MailId id = MailId.of(sent.messageId().substring(1, 37));
        mail.answer(sent, "", m -> header(m, "Subject", "unsubscribe " + tokens.unsubscribe(id)));
        receive();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT, Kind.UNSUBSCRIBED);
        assertThat(suppressions.contains(lead.text("email"))).isTrue();
    }

    @Test
    void mailThatConcernsNobodyIsNotKept() {
        mail.deliver(mailbox.address(), "From: friend@elsewhere.example\r\nSubject: Lunch?\r\n\r\nAt noon?\r\n");
        receive();

        assertThat(inbound("class")).isEqualTo("UNRELATED");
        assertThat(inbound("raw is null")).isEqualTo("t");
    }

    @Test
    void whatSellersWriteThemselvesIsNoReply() {
        mail.answer(sent, "For my files", m -> header(m, "From", mailbox.address()));
        receive();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT);
    }

    @Test
    void brokenMailNeverStopsTheOthers() {
        mail.deliver(
                mailbox.address(),
                "From: =?utf-8?Q?broken\r\nContent-Type: multipart/mixed\r\nIn-Reply-To: " + sent.messageId()
                        + "\r\n\r\n--x\r\nno end");
        mail.deliver(
                mailbox.address(),
                "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n");
        mail.deliver(mailbox.address(), "\r\n\r\n");
        mail.deliver(
                mailbox.address(),
                "Subject: " + "x".repeat(10_000)
                        + "\r\nContent-Type: text/plain; charset=no-such\r\n\r\n\u0000hello\r\n");
        mail.answer(sent, "Fine");
        receive();

        assertThat(tests.events(stepRun)).contains(Kind.REPLIED);
        assertThat(jdbc.sql("select count(*) from inbound_mail where mailbox = ? and state = 'STORED'")
                        .param(mailbox.id().value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aBounceOfAnUnknownMailIsKeptForAPerson() {
        mail.bounce(
                new Received(
                        sent.message(),
                        sent.from(),
                        TestUsers.next("x") + "@nobody.example",
                        "x",
                        "<unknown@x.example>"),
                "5.1.1");
        receive();

        assertThat(inbound("state")).isEqualTo("KEPT");
    }
}
