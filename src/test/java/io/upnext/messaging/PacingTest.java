package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.mailbox.MailboxAdministration;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.operation.Workers;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.shared.ConflictException;
import io.upnext.shared.MailboxId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.WrittenWindow;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Windows, caps, gaps and ramps on the way from the queue to the server; the clock starts on a Monday, 09:00 UTC. */
@UpnextTest
class PacingTest {

    private static final List<String> WEEKDAYS = List.of("1", "2", "3", "4", "5");

    @Autowired
    private Outbox outbox;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Settings settings;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private MailboxAdministration administration;

    @Autowired
    private MutableClock clock;

    @Autowired
    private Workers workers;

    @Autowired
    private JdbcClient jdbc;

    private MailTests tests;
    private Person seller;
    private MailboxId mailbox;
    private String template;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeEach
    void aSellerWithAMailbox() {
        seller = users.seller();
        mailbox = mail.mailboxOf(seller).id();
        settings.set(Actor.SYSTEM, "postalAddress", "Upnext, Street 1, 10115 Berlin");
        template = tests.template("Hello", "<p>Hello {{record.firstName}}</p>");
    }

    @AfterEach
    void nothingLeftForOthers() {
        tests.forgetEnrollments();
        settings.set(Actor.SYSTEM, "dailyMailCap", null);
        settings.set(Actor.SYSTEM, "userDailyMailCap", null);
        settings.set(Actor.SYSTEM, "sendingStopped", null);
        tests.run("mail-plan");
    }

    private void limit(MailLimits limits) {
        limit(mailbox, limits);
    }

    private void limit(MailboxId id, MailLimits limits) {
        mailboxes.update(mailboxes.find(id).orElseThrow().withLimits(limits));
    }

    private static MailLimits window(String from, String to) {
        return new MailLimits(new WrittenWindow(WEEKDAYS, from, to, null), null, null, null);
    }

    private static MailLimits cap(Integer cap, Integer gap) {
        return new MailLimits(null, cap, gap, null);
    }

    private StepRunId queue(Map<String, Object> fields) {
        return tests.queue(tests.lead(seller, fields), seller.id(), template);
    }

    private List<StepRunId> queue(int count) {
        List<StepRunId> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(queue(Map.of()));
        }
        return runs;
    }

    private void work() {
        tests.run("mail-plan");
        tests.dispatch();
    }

    private Instant planned(StepRunId run) {
        return outbox.planned(List.of(run)).get(run);
    }

    private long sent(List<StepRunId> runs) {
        return runs.stream().filter(run -> "SENT".equals(tests.state(run))).count();
    }

    private Map<LocalDate, Integer> places(MailboxId... of) {
        Map<LocalDate, Integer> places = new TreeMap<>();
        for (MailboxId one : of) {
            jdbc.sql("select slot_day, count(*) from mail where mailbox = ? and slot_day is not null and state in"
                            + " ('QUEUED', 'CLAIMED', 'SENT') group by 1")
                    .param(one.value())
                    .query(row -> {
                        places.merge(row.getObject(1, LocalDate.class), row.getInt(2), Integer::sum);
                    });
        }
        return places;
    }

    @Test
    void mailWithoutLimitsIsNotPlannedAndLeavesAtOnce() {
        StepRunId run = queue(Map.of());

        tests.dispatch();

        assertThat(tests.state(run)).isEqualTo("SENT");
    }

    @Test
    void eachWaitsForTheWindowInTheRecipientsZone() {
        limit(window("09:00", "17:00"));
        StepRunId london = queue(Map.of("timeZone", "Europe/London"));
        StepRunId newYork = queue(Map.of("timeZone", "America/New_York"));
        StepRunId tokyo = queue(Map.of("timeZone", "Asia/Tokyo"));
        StepRunId nowhere = queue(Map.of());

        work();

        assertThat(tests.state(london)).isEqualTo("SENT");
        assertThat(tests.state(nowhere)).isEqualTo("SENT");
        assertThat(planned(newYork)).isEqualTo("2026-03-02T14:00:00Z");
        assertThat(planned(tokyo)).isEqualTo("2026-03-03T00:00:00Z");
        assertThat(workers.nextDue(clock.instant()).orElseThrow()).isBeforeOrEqualTo("2026-03-02T14:00:00Z");
        clock.set(planned(newYork));
        work();
        assertThat(tests.state(newYork)).isEqualTo("SENT");
        assertThat(tests.state(tokyo)).isEqualTo("QUEUED");
        clock.set(planned(tokyo));
        work();
        assertThat(tests.state(tokyo)).isEqualTo("SENT");
    }

    @Test
    void theWindowsOfMailboxAndSequenceBothApply() {
        limit(window("09:00", "17:00"));
        OutgoingMail asked = tests.mail(tests.lead(seller), seller.id(), template);
        WrittenWindow afternoon = new WrittenWindow(List.of("TUESDAY"), "13:00", "20:00", null);

        outbox.queue(asked, new SequenceWindow(afternoon, "Europe/Berlin"));
        tests.run("mail-plan");

        // The sequence's zone counts for its own window, the organisation's for the mailbox's
        assertThat(planned(asked.stepRun())).isEqualTo("2026-03-03T12:00:00Z");
    }

    @Test
    void whoWouldBeRefusedTakesNoPlaceAndIsRefusedAtOnce() {
        limit(cap(2, null));
        StepRunId refused = queue(Map.of("doNotEmail", true));
        List<StepRunId> others = queue(3);

        work();

        assertThat(tests.events(refused)).containsExactly(Kind.REFUSED);
        assertThat(sent(others)).isEqualTo(2);
        assertThat(places(mailbox))
                .containsExactly(Map.entry(LocalDate.of(2026, 3, 2), 2), Map.entry(LocalDate.of(2026, 3, 3), 1));
    }

    @Test
    void mailSentBeforeThereWasACapCounts() {
        queue(3).forEach(run -> {});
        tests.dispatch();
        limit(cap(4, null));

        List<StepRunId> after = queue(2);
        work();

        assertThat(sent(after)).isEqualTo(1);
        assertThat(after.stream().map(this::planned).filter(java.util.Objects::nonNull))
                .containsExactly(Instant.parse("2026-03-03T00:00:00Z"));
    }

    @Test
    void whatIsRefusedWhenItsTimeComesGivesItsPlaceBack() {
        limit(cap(1, null));
        List<StepRunId> runs = queue(2);
        tests.run("mail-plan");
        StepRunId tomorrow = runs.stream()
                .filter(run -> planned(run).isAfter(clock.instant()))
                .findFirst()
                .orElseThrow();
        assertThat(outbox.cancel(tomorrow)).isTrue();

        StepRunId another = queue(Map.of());
        tests.run("mail-plan");

        assertThat(planned(another)).isEqualTo("2026-03-03T00:00:00Z");
    }

    @Test
    void afterAnOutageTheBacklogFlowsAtTheSamePace() {
        limit(cap(null, 60));
        List<StepRunId> runs = queue(5);
        tests.run("mail-plan");

        clock.advance(Duration.ofHours(3));
        work();
        assertThat(sent(runs)).isEqualTo(1);
        assertThat(workers.nextDue(clock.instant())).hasValueSatisfying(due -> assertThat(due)
                .isBeforeOrEqualTo(clock.instant().plusSeconds(60)));
        for (int minute = 1; minute < 5; minute++) {
            clock.advance(Duration.ofSeconds(59));
            work();
            assertThat(sent(runs)).isEqualTo(minute);
            clock.advance(Duration.ofSeconds(1));
            work();
            assertThat(sent(runs)).isEqualTo(minute + 1);
        }
    }

    @Test
    void whatMissedItsWindowIsPlannedAnew() {
        limit(window("09:00", "17:00"));
        settings.set(Actor.SYSTEM, "sendingStopped", true);
        StepRunId run = queue(Map.of());
        settings.set(Actor.SYSTEM, "sendingStopped", null);
        tests.run("mail-plan");
        assertThat(planned(run)).isEqualTo("2026-03-02T09:00:00Z");

        clock.advance(Duration.ofHours(9));
        work();

        assertThat(tests.state(run)).isEqualTo("QUEUED");
        assertThat(planned(run)).isEqualTo("2026-03-03T09:00:00Z");
    }

    @Test
    void otherLimitsMeanOtherTimes() {
        limit(cap(1, null));
        List<StepRunId> runs = queue(3);
        tests.run("mail-plan");
        var admin = users.caller(users.administrator());
        var before = mailboxes.find(mailbox).orElseThrow();
        var smtp = new MailboxAdministration.ServerDraft(
                before.smtp().host(),
                before.smtp().port(),
                before.smtp().user(),
                null,
                before.smtp().tls(),
                null,
                null);

        administration.update(
                admin,
                mailbox,
                new MailboxAdministration.Draft(
                        before.address(), null, seller.id(), smtp, null, true, MailLimits.NONE));
        work();

        assertThat(sent(runs)).isEqualTo(3);
    }

    @Test
    void aRetryAfterARefusalForNowIsPlannedAgain() throws Exception {
        try (ScriptedSmtp busy = new ScriptedSmtp().on("RCPT", "450 4.2.1 later")) {
            Person other = users.seller();
            Mailbox slow = mail.mailbox(TestUsers.next("slow") + "@example.com", other.id(), busy.port());
            limit(slow.id(), new MailLimits(new WrittenWindow(WEEKDAYS, "08:00", "09:01", null), null, null, null));
            StepRunId run = tests.queue(tests.lead(other), other.id(), template);

            work();
            tests.run("mail-plan");

            assertThat(tests.state(run)).isEqualTo("QUEUED");
            assertThat(planned(run)).isEqualTo("2026-03-03T08:00:00Z");
        }
    }

    @Test
    void aHeldMailGivesItsPlaceBackAndGetsAnotherWhenItIsReleased() {
        limit(cap(1, null));
        OutgoingMail paused = tests.mail(tests.lead(seller), seller.id(), template);
        jdbc.sql("update enrollment set state = 'PAUSED' where id = ?")
                .param(paused.enrollment().value())
                .update();
        outbox.queue(paused);
        work();
        assertThat(places(mailbox)).isEmpty();

        clock.advance(Duration.ofHours(1));
        work();
        assertThat(places(mailbox)).isEmpty();
        jdbc.sql("update enrollment set state = 'CONNECTED' where id = ?")
                .param(paused.enrollment().value())
                .update();
        outbox.release(paused.enrollment());
        work();

        assertThat(tests.state(paused.stepRun())).isEqualTo("SENT");
    }

    @Test
    void sendNowHeedsNeitherWindowNorGapButCapsAndTheSwitch() {
        limit(new MailLimits(new WrittenWindow(WEEKDAYS, "20:00", "21:00", null), 2, 3_600, null));
        List<StepRunId> runs = queue(3);
        tests.run("mail-plan");
        assertThat(planned(runs.get(0))).isAfter(clock.instant());

        outbox.sendNow(runs.get(0));
        outbox.sendNow(runs.get(1));
        tests.dispatch();

        assertThat(sent(runs)).isEqualTo(2);
        assertThatThrownBy(() -> outbox.sendNow(runs.get(2)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("2 mails of today");
        assertThatThrownBy(() -> outbox.sendNow(runs.get(0)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("no longer waits");
        settings.set(Actor.SYSTEM, "sendingStopped", true);
        assertThatThrownBy(() -> outbox.sendNow(runs.get(2))).hasMessageContaining("stopped");
    }

    @Test
    void aMailThatIsSentNowFromAFullDayKeepsItsOwnPlace() {
        limit(new MailLimits(new WrittenWindow(WEEKDAYS, "20:00", "21:00", null), 1, null, null));
        StepRunId run = queue(Map.of());
        tests.run("mail-plan");

        outbox.sendNow(run);
        tests.dispatch();

        assertThat(tests.state(run)).isEqualTo("SENT");
    }

    @Test
    void aSellersOwnMailLeavesAtOnceButTakesItsPlace() {
        limit(new MailLimits(new WrittenWindow(WEEKDAYS, "20:00", "21:00", null), 1, null, null));
        OutgoingMail asked = tests.mail(tests.lead(seller), seller.id(), null);
        outbox.queue(OutgoingMail.of(asked.stepRun(), asked.enrollment(), "intro", asked.record())
                .from(seller.id(), null)
                .written(new OutgoingMail.Written("Hi", "<p>Hi</p>"))
                .mail());

        work();

        assertThat(tests.state(asked.stepRun())).isEqualTo("SENT");
        assertThat(places(mailbox)).containsExactly(Map.entry(LocalDate.of(2026, 3, 2), 1));
    }

    @Test
    void noCapIsExceededHoweverManyPlanAndSendAtOnce() throws Exception {
        List<Person> sellers = List.of(seller, users.seller(), users.seller());
        List<MailboxId> boxes = new ArrayList<>(List.of(mailbox));
        boxes.add(mail.mailboxOf(sellers.get(1)).id());
        boxes.add(mail.mailboxOf(sellers.get(2)).id());
        limit(boxes.get(1), cap(7, null));
        long today = organisationPlaces(LocalDate.of(2026, 3, 2));
        settings.set(Actor.SYSTEM, "dailyMailCap", (int) today + 20);
        settings.set(Actor.SYSTEM, "userDailyMailCap", 9);
        for (int i = 0; i < 90; i++) {
            Person one = sellers.get(i % 3);
            tests.queue(tests.lead(one), one.id(), template);
        }

        race(5, () -> work());
        settings.set(Actor.SYSTEM, "dailyMailCap", (int) today + 15);
        race(5, () -> work());

        assertThat(organisationPlaces(LocalDate.of(2026, 3, 2)) - today).isEqualTo(20);
        assertThat(organisationPlaces(LocalDate.of(2026, 3, 3))).isLessThanOrEqualTo(today + 15);
        assertThat(places(boxes.get(1)).values())
                .allSatisfy(used -> assertThat(used).isLessThanOrEqualTo(7));
        for (MailboxId box : boxes) {
            assertThat(places(box).values()).allSatisfy(used -> assertThat(used).isLessThanOrEqualTo(9));
        }
        assertThat(places(boxes.toArray(MailboxId[]::new)).values().stream()
                        .mapToInt(n -> n)
                        .sum())
                .isEqualTo(90);
    }

    private long organisationPlaces(LocalDate day) {
        return jdbc.sql("select count(*) from mail where organisation_day = ? and state in"
                        + " ('QUEUED', 'CLAIMED', 'SENT', 'BOUNCED', 'UNCERTAIN')")
                .param(day)
                .query(Long.class)
                .single();
    }

    private static void race(int threads, Runnable work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<Void>> races = executor.invokeAll(Collections.nCopies(threads, (Callable<Void>) () -> {
            work.run();
            return null;
        }));
        for (Future<Void> one : races) {
            one.get();
        }
        executor.shutdown();
    }

    @Test
    void aGapIsKeptHoweverManySendAtOnce() throws Exception {
        limit(cap(null, 60));
        List<StepRunId> runs = queue(20);
        tests.run("mail-plan");
        clock.advance(Duration.ofHours(5));

        race(5, tests::dispatch);

        assertThat(sent(runs)).isEqualTo(1);
    }

    @Test
    void whatIsQueuedWhileSendingIsStoppedGoesOnAfterwards() {
        limit(window("00:00", "24:00"));
        settings.set(Actor.SYSTEM, "sendingStopped", true);
        List<StepRunId> runs = queue(3);

        work();
        assertThat(sent(runs)).isZero();
        assertThat(workers.busy()).doesNotContainKeys("mail-plan", "mail-dispatch");
        settings.set(Actor.SYSTEM, "sendingStopped", null);
        work();

        assertThat(sent(runs)).isEqualTo(3);
    }

    @Test
    void fiveThousandArePlannedInBulk() {
        limit(new MailLimits(new WrittenWindow(WEEKDAYS, "09:00", "17:00", null), 500, null, null));
        CrmRecord lead = tests.lead(seller, Map.of("timeZone", "America/New_York"));
        OutgoingMail model = tests.mail(lead, seller.id(), template);
        jdbc.sql("""
                        insert into mail (id, step_run, enrollment, step_id, record, sender, template, track_opens, track_clicks,
                            unsubscribe_link, state, mailbox, queued_at, next_attempt_at, unplanned)
                        select gen_random_uuid(), gen_random_uuid(), :enrollment, 'intro', :record, :sender, :template, true,
                            true, true, 'QUEUED', :mailbox, :now, :now, true from generate_series(1, 5000)
                        """)
                .param("enrollment", model.enrollment().value())
                .param("record", lead.id().value())
                .param("sender", seller.id().value())
                .param("template", template)
                .param("mailbox", mailbox.value())
                .param("now", OffsetDateTime.parse("2026-03-02T09:00:00Z"))
                .update();
        tests.run("mail-plan");

        assertThat(places(mailbox)).hasSize(10).allSatisfy((day, count) -> assertThat(count)
                .isEqualTo(500));
    }
}
