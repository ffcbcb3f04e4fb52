package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.sending.UncertainMails;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.shared.MailId;
import io.upnext.shared.StepRunId;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real SMTP conversation with a server that misbehaves on purpose. */
@UpnextTest
class SmtpFaultsTest {

    @Autowired
    private Outbox outbox;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private Suppressions suppressions;

    @Autowired
    private UncertainMails uncertain;

    @Autowired
    private MutableClock clock;

    @Autowired
    private JdbcClient jdbc;

    private final ScriptedSmtp server = new ScriptedSmtp();
    private MailTests tests;
    private Person seller;
    private Mailbox mailbox;
    private String template;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeEach
    void aMailboxAtThatServer() {
        seller = users.seller();
        mailbox = mail.mailbox(seller.user().email(), seller.id(), server.port());
        template = tests.template("Hello", "<p>Hello {{record.firstName}}</p>");
    }

    @AfterEach
    void goneForTheNextTest() {
        tests.forgetEnrollments();
        mailboxes.delete(mailbox.id());
        server.close();
    }

    private StepRunId send() {
        StepRunId stepRun = tests.queue(tests.lead(seller), seller.id(), template);
        tests.dispatch();
        return stepRun;
    }

    private void laterSent(StepRunId stepRun) {
        assertThat(tests.state(stepRun)).isEqualTo("QUEUED");
        assertThat(tests.events(stepRun)).isEmpty();
        server.behave();
        clock.advance(Duration.ofHours(1));
        tests.dispatch();
        assertThat(tests.state(stepRun)).isEqualTo("SENT");
        assertThat(server.accepted()).hasSize(1);
    }

    @Test
    void droppedBeforeTheAnswerToTheEndOfDataIsUncertainAndNeverSentAgainByItself() {
        server.on("END", ScriptedSmtp.DROP);
        StepRunId stepRun = send();

        assertThat(tests.state(stepRun)).isEqualTo("UNCERTAIN");
        assertThat(tests.events(stepRun)).containsExactly(Kind.UNCERTAIN);

        server.behave();
        clock.advance(Duration.ofDays(3));
        tests.dispatch();
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void aPersonDecidesAboutAnUncertainMail() {
        server.on("END", ScriptedSmtp.DROP);
        StepRunId arrived = send();
        StepRunId lost = send();
        server.behave();

        uncertain.decide(users.caller(users.administrator()), id(arrived), UncertainMails.Decision.SENT);
        uncertain.decide(users.caller(users.administrator()), id(lost), UncertainMails.Decision.RESEND);
        tests.dispatch();

        assertThat(tests.events(arrived)).containsExactly(Kind.UNCERTAIN, Kind.SENT);
        assertThat(tests.events(lost)).containsExactly(Kind.UNCERTAIN, Kind.SENT);
        assertThat(server.accepted()).hasSize(1);
    }

    private MailId id(StepRunId stepRun) {
        return new MailId(jdbc.sql("select id from mail where step_run = ?")
                .param(stepRun.value())
                .query(UUID.class)
                .single());
    }

    @Test
    void droppedInTheMiddleOfTheBodyIsSentLater() {
        server.on("BODY", ScriptedSmtp.DROP);
        StepRunId stepRun = send();

        // Whether the client notices while it writes or only at the end depends on the network's buffers.
        assertThat(tests.state(stepRun)).isIn("QUEUED", "UNCERTAIN");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void droppedAtTheRecipientIsSentLater() {
        server.on("RCPT", ScriptedSmtp.DROP);

        laterSent(send());
    }

    @Test
    void aServerThatClosesForNowIsAskedAgainLater() {
        server.on("MAIL", "421 4.3.2 closing down");

        laterSent(send());
    }

    @Test
    void closingForNowAtTheEndOfDataIsARefusalAndSoSentLater() {
        server.on("END", "421 4.3.2 closing down");

        laterSent(send());
    }

    @Test
    void greylistingIsAskedAgainLater() {
        server.on("RCPT", "450 4.2.0 greylisted, come back");

        laterSent(send());
    }

    @Test
    void aServerThatRefusesTheGreetingPausesTheMailbox() {
        server.on("GREETING", "421 too busy");
        StepRunId stepRun = send();

        assertThat(mailboxes.find(mailbox.id()).orElseThrow().pausedUntil()).isNotNull();
        laterSent(stepRun);
        assertThat(mailboxes.find(mailbox.id()).orElseThrow().error()).isNull();
    }

    @Test
    void anUnknownRecipientBouncesAndIsSuppressed() {
        server.on("RCPT", "550 5.1.1 no such user");
        CrmRecord lead = tests.lead(seller);
        StepRunId stepRun = tests.queue(lead, seller.id(), template);
        tests.dispatch();

        assertThat(tests.state(stepRun)).isEqualTo("BOUNCED");
        assertThat(tests.events(stepRun)).containsExactly(Kind.BOUNCED_HARD);
        assertThat(suppressions.contains(lead.text("email"))).isTrue();
    }

    @Test
    void arecipientRefusedByPolicyBouncesButIsNotSuppressed() {
        server.on("RCPT", "554 5.7.1 blocked by policy");
        CrmRecord lead = tests.lead(seller);
        StepRunId stepRun = tests.queue(lead, seller.id(), template);
        tests.dispatch();

        assertThat(tests.events(stepRun)).containsExactly(Kind.BOUNCED_HARD);
        assertThat(suppressions.contains(lead.text("email"))).isFalse();
    }

    @Test
    void aMailTakenForSpamIsAnIncidentOfThatMail() {
        server.on("END", "554 5.7.1 looks like spam");
        StepRunId stepRun = send();

        assertThat(tests.events(stepRun)).containsExactly(Kind.FAILED);
        assertThat(tests.error(stepRun)).contains("looks like spam");
        assertThat(mailboxes.find(mailbox.id()).orElseThrow().stopped()).isFalse();
    }

    @Test
    void aRefusedLogInStopsTheMailboxAndItsMailsWaitWhileOthersGoOn() {
        server.on("AUTH", "535 5.7.8 bad credentials");
        Person other = users.seller();
        mail.mailboxOf(other);
        StepRunId waiting = tests.queue(tests.lead(seller), seller.id(), template);
        StepRunId sent = tests.queue(tests.lead(other), other.id(), template);
        tests.dispatch();

        assertThat(tests.state(waiting)).isEqualTo("QUEUED");
        assertThat(tests.state(sent)).isEqualTo("SENT");
        Mailbox stopped = mailboxes.find(mailbox.id()).orElseThrow();
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.error()).contains("bad credentials");

        server.behave();
        mailboxes.update(stopped);
        tests.dispatch();
        assertThat(tests.state(waiting)).isEqualTo("SENT");
    }

    @Test
    void aRefusedSenderStopsTheMailbox() {
        server.on("MAIL", "550 5.7.1 you may not send as this");
        StepRunId stepRun = send();

        assertThat(tests.state(stepRun)).isEqualTo("QUEUED");
        assertThat(mailboxes.find(mailbox.id()).orElseThrow().stopped()).isTrue();
    }

    @Test
    void aServerShortOfSpaceIsAskedAgainLater() {
        server.on("MAIL", "452 4.3.1 insufficient system storage");

        laterSent(send());
    }

    @Test
    void aFullMailboxForNowIsAskedAgainLater() {
        server.on("RCPT", "452 4.2.2 over quota");

        laterSent(send());
    }

    @Test
    void aServerShortOfSpaceAtTheEndIsAskedAgainLater() {
        server.on("END", "452 4.3.1 insufficient system storage");

        laterSent(send());
    }

    @Test
    void aLogInThatIsRefusedForNowPausesTheMailbox() {
        server.on("AUTH", "454 4.7.0 temporary authentication failure");

        laterSent(send());
    }

    @Test
    void oneRefusedOfManyHoldsUpNoneOfTheOthers() {
        CrmRecord bad = tests.lead(seller);
        server.on("RCPT<" + bad.text("email") + ">", "550 5.1.1 no such user");
        StepRunId bounced = tests.queue(bad, seller.id(), template);
        List<StepRunId> others = java.util.stream.Stream.generate(
                        () -> tests.queue(tests.lead(seller), seller.id(), template))
                .limit(99)
                .toList();
        tests.dispatch();

        assertThat(tests.state(bounced)).isEqualTo("BOUNCED");
        assertThat(others).allSatisfy(run -> assertThat(tests.state(run)).isEqualTo("SENT"));
    }
}
