package io.upnext.messaging.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.MailTests;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Outbox;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.shared.StepRunId;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process that dies between its claim and its note about the result, at each of the points in between. */
@UpnextTest
class DeadClaimsTest {

    @Autowired
    private Claiming claiming;

    @Autowired
    private SmtpConnections connections;

    @Autowired
    private SentMails sentMails;

    @Autowired
    private DeadClaims deadClaims;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    private MailTests tests;
    private Mailbox mailbox;
    private CrmRecord lead;
    private StepRunId stepRun;
    private Node process;

    @Autowired
    void set(
            Records records,
            TemplateCatalogue catalogue,
            Outbox outbox,
            JdbcClient jdbc,
            DataSource dataSource,
            List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
        process = new Node(dataSource);
    }

    @BeforeEach
    void aQueuedMail() {
        Person seller = users.seller();
        mailbox = mail.mailboxOf(seller);
        lead = tests.lead(seller);
        stepRun = tests.queue(lead, seller.id(), tests.template("x", "<p>x</p>"));
    }

    @AfterEach
    void nothingLeftForOthers() {
        process.destroy();
        tests.forgetEnrollments();
    }

    private Composed claimed() {
        return claiming.claim(new MailQueue.Due(mailbox.id(), 0), 20, process.number())
                .mails()
                .get(0);
    }

    private Composed begun() {
        Composed claimed = claimed();
        assertThat(sentMails.begin(claimed.id(), process.number())).isTrue();
        return claimed;
    }

    private void restOfTheWorldGoesOn() {
        deadClaims.runOnce();
        tests.dispatch();
    }

    @Test
    void aClaimOfALivingProcessIsLeftAlone() {
        Composed claimed = claimed();
        restOfTheWorldGoesOn();
        assertThat(tests.state(stepRun)).isEqualTo("CLAIMED");

        sentMails.record(claimed, connections.send(claimed), process.number());

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT);
        assertThat(mail.at(lead.text("email"))).hasSize(1);
    }

    @Test
    void dyingBeforeAWordWasSaidGivesItBackAndItIsSentOnce() {
        claimed();
        process.destroy();
        restOfTheWorldGoesOn();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT);
        assertThat(mail.at(lead.text("email"))).hasSize(1);
    }

    @Test
    void aProcessOnlyTakenForDeadBeginsNothingMore() {
        Composed claimed = claimed();
        process.destroy();
        deadClaims.runOnce();

        assertThat(sentMails.begin(claimed.id(), process.number())).isFalse();
        assertThat(tests.state(stepRun)).isEqualTo("QUEUED");
    }

    @Test
    void dyingBeforeTheServerHeardOfItIsUncertainAndSendsNothing() {
        begun();
        process.destroy();
        restOfTheWorldGoesOn();

        assertThat(tests.events(stepRun)).containsExactly(Kind.UNCERTAIN);
        assertThat(mail.at(lead.text("email"))).isEmpty();
    }

    @Test
    void dyingAfterTheServerTookItIsUncertainAndSendsNothingTwice() {
        connections.send(begun());
        process.destroy();
        restOfTheWorldGoesOn();
        restOfTheWorldGoesOn();

        assertThat(tests.events(stepRun)).containsExactly(Kind.UNCERTAIN);
        assertThat(mail.at(lead.text("email"))).hasSize(1);
    }

    @Test
    void aProcessOnlyTakenForDeadMayStillTellThatItSent() {
        Composed claimed = begun();
        SmtpOutcome outcome = connections.send(claimed);
        process.destroy();
        deadClaims.runOnce();

        sentMails.record(claimed, outcome, process.number());

        assertThat(tests.events(stepRun)).containsExactly(Kind.UNCERTAIN, Kind.SENT);
        assertThat(tests.state(stepRun)).isEqualTo("SENT");
    }

    @Test
    void whatWasNotBegunGoesBackIntoTheQueue() {
        sentMails.giveBack(claimed().id(), "stopping", process.number());
        process.destroy();
        restOfTheWorldGoesOn();

        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT);
        assertThat(mail.at(lead.text("email"))).hasSize(1);
    }
}
