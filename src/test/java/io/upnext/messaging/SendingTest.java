package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.shared.MailId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.WrittenWindow;
import io.upnext.testing.Api;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@UpnextTest
class SendingTest {

    @Autowired
    private Outbox outbox;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Suppressions suppressions;

    @Autowired
    private Settings settings;

    @Autowired
    private Api api;

    private MailTests tests;
    private Person seller;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, JdbcClient jdbc, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @AfterEach
    void nothingLeftForOthers() {
        tests.forgetEnrollments();
    }

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void aSellerWithAMailbox() {
        seller = users.seller();
        mail.mailboxOf(seller);
        settings.set(Actor.SYSTEM, "postalAddress", "Upnext, Street 1, 10115 Berlin");
    }

    @Test
    void aQueuedMailArrivesRenderedWithItsHeaders() {
        CrmRecord lead = tests.lead(seller, Map.of("firstName", "Ada & <b>"));
        String template = tests.template(
                "Hello {{record.firstName}}",
                "<p>Dear {{record.firstName}}, <a href=\"https://example.com/x\">look</a></p>");

        StepRunId stepRun = tests.queue(lead, seller.id(), template);
        tests.dispatch();

        TestMail.Received received = mail.only(lead.text("email"));
        assertThat(tests.state(stepRun)).isEqualTo("SENT");
        assertThat(tests.events(stepRun)).containsExactly(Kind.SENT);
        assertThat(received.subject()).isEqualTo("Hello Ada & <b>");
        assertThat(received.html())
                .contains("Dear Ada &amp; &lt;b&gt;")
                .contains("/t/c/")
                .contains("/t/o/");
        assertThat(received.text())
                .contains("Dear Ada & <b>, look (https://example.com/x)")
                .contains("Berlin");
        assertThat(received.from()).isEqualTo(seller.user().email());
        assertThat(received.header("From")).contains(seller.user().name());
        assertThat(received.header("List-Unsubscribe")).contains("<https://").contains("mailto:");
        assertThat(received.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(received.messageId()).endsWith("@example.com>");
    }

    @Test
    void oneStepRunIsOneMailHoweverOftenItIsQueued() {
        OutgoingMail asked = tests.mail(tests.lead(seller), seller.id(), tests.template("Once", "<p>Once</p>"));

        assertThat(outbox.queue(asked)).isEqualTo(outbox.queue(asked));
    }

    @Test
    void manyAreQueuedTogetherEachForItself() {
        String template = tests.template("Together", "<p>Together</p>");
        OutgoingMail known = tests.mail(tests.lead(seller), seller.id(), template);
        OutgoingMail fresh = tests.mail(tests.lead(seller), seller.id(), template);
        OutgoingMail windowed = tests.mail(tests.lead(seller), seller.id(), template);
        OutgoingMail homeless = tests.mail(tests.lead(seller), users.seller().id(), template);
        MailId first = outbox.queue(known);
        SequenceWindow mornings =
                new SequenceWindow(new WrittenWindow(List.of("MONDAY"), "09:00", "10:00", null), "Europe/Berlin");

        List<MailId> queued = outbox.queue(List.of(
                new Outbox.Asked(fresh, null),
                new Outbox.Asked(known, null),
                new Outbox.Asked(windowed, mornings),
                new Outbox.Asked(homeless, null)));

        assertThat(queued).hasSize(4).doesNotHaveDuplicates();
        assertThat(queued.get(1)).isEqualTo(first);
        assertThat(row(queued.get(0))).containsEntry("unplanned", false).doesNotContainEntry("mailbox", null);
        assertThat(row(queued.get(2))).containsEntry("unplanned", true);
        assertThat(row(queued.get(3))).containsEntry("unplanned", false).containsEntry("mailbox", null);
    }

    private Map<String, Object> row(MailId mail) {
        return jdbc.sql("select mailbox, unplanned from mail where id = ?")
                .param(mail.value())
                .query()
                .singleRow();
    }

    @Test
    void eachOfTwoHundredMailsArrivesOnceThoughSixThreadsRaceForThem() throws Exception {
        String template = tests.template("Race", "<p>Hello {{record.firstName}}</p>");
        List<CrmRecord> leads = new ArrayList<>();
        List<StepRunId> stepRuns = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            leads.add(tests.lead(seller));
            stepRuns.add(tests.queue(leads.get(i), seller.id(), template));
        }

        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<Void>> races = threads.invokeAll(java.util.Collections.nCopies(6, (Callable<Void>) () -> {
            tests.dispatch();
            return null;
        }));
        for (Future<Void> race : races) {
            race.get();
        }
        threads.shutdown();
        tests.dispatch();

        assertThat(leads)
                .allSatisfy(lead -> assertThat(mail.at(lead.text("email"))).hasSize(1));
        assertThat(stepRuns).allSatisfy(run -> assertThat(tests.events(run)).containsExactly(Kind.SENT));
    }

    @Test
    void refusalsAreCleanOutcomesWithTheirReason() {
        String template = tests.template("No", "<p>No</p>");
        CrmRecord suppressed = tests.lead(seller);
        suppressions.add(suppressed.text("email").toUpperCase(), Suppressions.Reason.MANUAL, null, Actor.SYSTEM);
        CrmRecord domain =
                tests.lead(seller, Map.of("email", "somebody@mail.blocked-" + TestUsers.next("d") + ".example"));
        suppressions.add(
                domain.text("email").replaceFirst(".*@mail\\.", ""), Suppressions.Reason.MANUAL, null, Actor.SYSTEM);

        Map<StepRunId, String> expected = Map.of(
                tests.queue(tests.lead(seller, Map.of("doNotEmail", true)), seller.id(), template), "DO_NOT_EMAIL",
                tests.queue(tests.lead(seller, Map.of("email", "")), seller.id(), template), "NO_ADDRESS",
                tests.queue(suppressed, seller.id(), template), "SUPPRESSED",
                tests.queue(domain, seller.id(), template), "SUPPRESSED");
        tests.dispatch();

        expected.forEach((stepRun, refusal) -> {
            assertThat(tests.events(stepRun)).containsExactly(Kind.REFUSED);
            assertThat(tests.refusal(stepRun)).isEqualTo(refusal);
        });
        assertThat(api.visit(users.administrator()).get("/admin/sending").text())
                .containsPattern("days-refused\">\\d+ No address")
                .containsPattern("days-refused\">\\d+ On the suppression list");
    }

    @Test
    void aMissingValueOrTemplateOrMailboxFailsWithTheCause() {
        CrmRecord lead = tests.lead(seller);
        StepRunId noValue = tests.queue(lead, seller.id(), tests.template("{{record.city}}", "<p>x</p>"));
        StepRunId noTemplate = tests.queue(lead, seller.id(), "there-is-none");
        StepRunId noMailbox = tests.queue(lead, users.seller().id(), tests.template("x", "<p>x</p>"));
        tests.dispatch();

        assertThat(tests.error(noValue)).contains("{{record.city}}");
        assertThat(tests.error(noTemplate)).contains("there-is-none");
        assertThat(tests.error(noMailbox)).contains("has no mailbox");
        assertThat(List.of(noValue, noTemplate, noMailbox))
                .allSatisfy(run -> assertThat(tests.events(run)).containsExactly(Kind.FAILED));
    }

    @Test
    void aFailedMailGoesOutAfterItWasPutRightAndRetried() {
        Person other = users.seller();
        CrmRecord lead = tests.lead(other);
        StepRunId stepRun = tests.queue(lead, other.id(), tests.template("x", "<p>x</p>"));
        tests.dispatch();
        assertThat(tests.state(stepRun)).isEqualTo("FAILED");

        mail.mailboxOf(other);
        outbox.retry(stepRun);
        tests.dispatch();

        assertThat(mail.at(lead.text("email"))).hasSize(1);
        assertThat(tests.events(stepRun)).containsExactly(Kind.FAILED, Kind.SENT);
    }

    @Test
    void aCancelledMailIsNeverSent() {
        CrmRecord lead = tests.lead(seller);
        OutgoingMail asked = tests.mail(lead, seller.id(), tests.template("x", "<p>x</p>"));
        outbox.queue(asked);

        outbox.cancel(asked.enrollment());
        tests.dispatch();

        assertThat(mail.at(lead.text("email"))).isEmpty();
        assertThat(tests.state(asked.stepRun())).isEqualTo("CANCELLED");
    }

    @Test
    void aReplyContinuesTheThreadOfAMailThatWasSentAndOnlyOfSuchAOne() {
        CrmRecord lead = tests.lead(seller);
        String template = tests.template("x", "<p>x</p>");
        OutgoingMail first = tests.mail(lead, seller.id(), template);
        outbox.queue(first);
        tests.dispatch();
        String id = mail.only(lead.text("email")).messageId();

        outbox.queue(replyTo(lead, template, first.stepRun()));
        outbox.queue(replyTo(lead, template, StepRunId.next()));
        tests.dispatch();

        List<TestMail.Received> all = mail.at(lead.text("email"));
        assertThat(all).extracting(m -> m.header("In-Reply-To")).containsExactlyInAnyOrder(null, id, null);
        assertThat(all).extracting(m -> m.header("References")).containsExactlyInAnyOrder(null, id, null);
    }

    private OutgoingMail replyTo(CrmRecord lead, String template, StepRunId parent) {
        OutgoingMail asked = tests.mail(lead, seller.id(), template);
        return OutgoingMail.of(asked.stepRun(), asked.enrollment(), "second", lead.id())
                .from(seller.id(), null)
                .template(template, null)
                .inThreadOf(parent)
                .mail();
    }

    @Test
    void theSwitchOfTheOrganisationStopsEverything() {
        CrmRecord lead = tests.lead(seller);
        StepRunId stepRun = tests.queue(lead, seller.id(), tests.template("x", "<p>x</p>"));

        settings.set(Actor.SYSTEM, "sendingStopped", true);
        try {
            tests.dispatch();
            assertThat(tests.state(stepRun)).isEqualTo("QUEUED");
        } finally {
            settings.set(Actor.SYSTEM, "sendingStopped", null);
        }

        tests.dispatch();
        assertThat(tests.state(stepRun)).isEqualTo("SENT");
    }

    @Test
    void copiesAreSentAndBlindCopiesStayHidden() {
        CrmRecord lead = tests.lead(seller);
        String cc = TestUsers.next("cc") + "@copy.example";
        String bcc = TestUsers.next("bcc") + "@copy.example";
        OutgoingMail asked = tests.mail(lead, seller.id(), tests.template("x", "<p>x</p>"));
        outbox.queue(OutgoingMail.of(asked.stepRun(), asked.enrollment(), "x", lead.id())
                .from(seller.id(), null)
                .template(asked.template(), null)
                .copies(List.of(cc), List.of(bcc))
                .mail());
        tests.dispatch();

        assertThat(mail.only(cc).header("Cc")).isEqualTo(cc);
        assertThat(mail.only(bcc).header("Bcc")).isNull();
        assertThat(mail.count(lead.text("email"), cc, bcc)).isEqualTo(3);
    }
}
