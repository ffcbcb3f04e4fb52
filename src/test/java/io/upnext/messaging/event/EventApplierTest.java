package io.upnext.messaging.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.MailEventListener;
import io.upnext.messaging.MailTests;
import io.upnext.messaging.Outbox;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.record.Timeline;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.PageQuery;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@UpnextTest
class EventApplierTest {

    @Autowired
    private MailEvents events;

    @Autowired
    private Outbox outbox;

    @Autowired
    private TestUsers users;

    @Autowired
    private Records records;

    @Autowired
    private Timeline timeline;

    @Autowired
    private MutableClock clock;

    private final List<MailEvent> heard = new ArrayList<>();
    private final Set<EnrollmentId> failing = new HashSet<>();
    private final Set<EnrollmentId> mine = new HashSet<>();
    private MailTests tests;
    private EventApplier applier;
    private Person seller;

    @Autowired
    void set(
            TemplateCatalogue catalogue,
            JdbcClient jdbc,
            Consequences consequences,
            TransactionTemplate transaction,
            List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("listener", (MailEventListener) this::hear);
        applier = new EventApplier(
                events, consequences, beans.getBeanProvider(MailEventListener.class), transaction, clock);
    }

    private void hear(MailEvent event) {
        // Other tests leave events in the same table; they stay as they are.
        if (!mine.contains(event.enrollment()) || failing.contains(event.enrollment())) {
            throw new IllegalStateException("not now");
        }
        heard.add(event);
    }

    @BeforeEach
    void somebody() {
        seller = users.seller();
    }

    @AfterEach
    void nothingLeftForOthers() {
        tests.forgetEnrollments();
    }

    private record Mailed(CrmRecord lead, MailId mail, EnrollmentId enrollment) {}

    private Mailed mailed() {
        CrmRecord lead = tests.lead(seller);
        OutgoingMail asked = tests.mail(lead, seller.id(), tests.template("x", "<p>x</p>"));
        mine.add(asked.enrollment());
        return new Mailed(lead, outbox.queue(asked), asked.enrollment());
    }

    private void apply() {
        while (applier.runOnce() > 0) {}
    }

    private List<Kind> heardOf(Mailed mailed) {
        return heard.stream()
                .filter(event -> event.mail().equals(mailed.mail()))
                .map(MailEvent::kind)
                .toList();
    }

    @Test
    void eventsOfAnEnrollmentAreAppliedInOrder() {
        Mailed one = mailed();
        for (Kind kind : List.of(Kind.SENT, Kind.OPENED, Kind.LINK_CLICKED, Kind.REPLIED)) {
            events.add(Happened.to(one.mail(), kind));
        }
        apply();

        assertThat(heardOf(one)).containsExactly(Kind.SENT, Kind.OPENED, Kind.LINK_CLICKED, Kind.REPLIED);
        assertThat(records.find(one.lead().id()).orElseThrow().text("lastContactedMode"))
                .isEqualTo("REPLIED");
        assertThat(timeline.of(one.lead().id(), PageQuery.first(10)).items())
                .extracting(Timeline.Entry::kind)
                .contains("mail.sent", "mail.opened", "mail.clicked", "mail.replied");
    }

    @Test
    void oneThatFailsHoldsUpOnlyItsEnrollmentAndIsTriedAgain() {
        Mailed bad = mailed();
        Mailed good = mailed();
        failing.add(bad.enrollment());
        events.add(Happened.to(bad.mail(), Kind.SENT));
        events.add(Happened.to(good.mail(), Kind.SENT));
        events.add(Happened.to(bad.mail(), Kind.REPLIED));
        apply();

        assertThat(heardOf(good)).containsExactly(Kind.SENT);
        assertThat(heardOf(bad)).isEmpty();
        assertThat(applier.nextDue()).isPresent();

        failing.clear();
        clock.advance(Duration.ofMinutes(1));
        apply();
        assertThat(heardOf(bad)).containsExactly(Kind.SENT, Kind.REPLIED);
    }

    @Test
    void aReplyOvertakesOtherEnrollmentsButNotItsOwn() {
        apply();
        Mailed one = mailed();
        Mailed other = mailed();
        Mailed answered = mailed();
        for (Mailed mailed : List.of(one, other, answered)) {
            events.add(Happened.to(mailed.mail(), Kind.SENT));
        }
        events.add(Happened.to(answered.mail(), Kind.REPLIED));
        apply();

        assertThat(heard)
                .extracting(MailEvent::mail)
                .containsExactly(answered.mail(), answered.mail(), one.mail(), other.mail());
        assertThat(heardOf(answered)).containsExactly(Kind.SENT, Kind.REPLIED);
    }

    @Test
    void theSameCauseCountsOnce() {
        Mailed one = mailed();
        events.add(Happened.to(one.mail(), Kind.OPENED).source("open"));
        events.add(Happened.to(one.mail(), Kind.OPENED).source("open"));
        apply();

        assertThat(heardOf(one)).containsExactly(Kind.OPENED);
    }

    @Test
    void whatAMachineDidDoesNotTouchTheRecord() {
        Mailed one = mailed();
        events.add(Happened.to(one.mail(), Kind.OPENED).human(false));
        apply();

        assertThat(heard).filteredOn(event -> event.mail().equals(one.mail())).allMatch(event -> !event.human());
        assertThat(records.find(one.lead().id()).orElseThrow().text("lastContactedMode"))
                .isNotEqualTo("OPENED_NO_REPLY");
    }
}
