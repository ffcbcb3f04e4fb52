package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.operation.Worker;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import io.upnext.testing.Api;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Complaints and bounces stop a mailbox before it does more harm. */
@UpnextTest
class BreakersTest {

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private MailEvents events;

    @Autowired
    private List<Worker> workers;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Api api;

    private Person seller;
    private MailboxId mailbox;

    @BeforeEach
    void aMailbox() {
        seller = users.seller();
        mailbox = mail.mailboxOf(seller).id();
    }

    private List<MailId> sent(int count) {
        return jdbc
                .sql("""
                        insert into mail (id, step_run, enrollment, step_id, record, track_opens, track_clicks,
                            unsubscribe_link, state, mailbox, queued_at, next_attempt_at, sent_at, slot_day)
                        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', gen_random_uuid(), true, true, true,
                            'SENT', ?, ?, ?, ?, ? from generate_series(1, ?) returning id
                        """)
                .params(mailbox.value(), now(), now(), now(), LocalDate.of(2026, 3, 2), count)
                .query(UUID.class)
                .list()
                .stream()
                .map(MailId::new)
                .toList();
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.parse("2026-03-02T09:00:00Z");
    }

    private void happened(List<MailId> mails, Kind kind) {
        mails.forEach(one -> events.add(Happened.to(one, kind)));
        workers.stream().filter(worker -> worker.name().equals("mail-events")).forEach(worker -> {
            while (worker.runOnce() > 0) {}
        });
    }

    private Mailbox mailbox() {
        return mailboxes.find(mailbox).orElseThrow();
    }

    @Test
    void aComplaintOfAThousandWarnsAndThreeStop() {
        List<MailId> mails = sent(1_000);

        happened(mails.subList(0, 1), Kind.COMPLAINED);
        assertThat(mailbox().warning()).contains("1 of the 1000 mails").contains("0.3 %");
        assertThat(mailbox().stopped()).isFalse();
        happened(mails.subList(1, 3), Kind.COMPLAINED);

        assertThat(mailbox().stopped()).isTrue();
        assertThat(mailbox().error()).contains("3 of the 1000 mails").contains("complained");
        assertThat(api.browser(seller).get("/work").body()).contains("is stopped: 3 of the 1000 mails");
    }

    @Test
    void theSameComplaintReportedTwiceIsOne() {
        List<MailId> mails = sent(400);

        happened(List.of(mails.get(0), mails.get(0)), Kind.COMPLAINED);

        assertThat(mailbox().stopped()).isFalse();
    }

    @Test
    void ofFewMailsAComplaintOnlyWarns() {
        happened(sent(5).subList(0, 2), Kind.COMPLAINED);

        assertThat(mailbox().warning()).contains("2 of the 5");
        assertThat(mailbox().stopped()).isFalse();
    }

    @Test
    void bouncesAboveTheBoundStopFromFiftyMailsOn() {
        List<MailId> mails = sent(60);

        happened(mails.subList(0, 2), Kind.BOUNCED_HARD);
        assertThat(mailbox().warning()).contains("2 of the 60");
        happened(mails.subList(2, 3), Kind.BOUNCED_HARD);
        assertThat(mailbox().stopped()).isFalse();
        happened(mails.subList(3, 4), Kind.BOUNCED_HARD);

        assertThat(mailbox().stopped()).isTrue();
        assertThat(mailbox().error()).contains("4 of the 60").contains("bound of 5 %");
    }

    @Test
    void bouncesOfFewMailsSayNothing() {
        happened(sent(40), Kind.BOUNCED_HARD);

        assertThat(mailbox().stopped()).isFalse();
        assertThat(mailbox().warning()).isNull();
    }

    @Test
    void whatLeftBeforeItWasSavedAgainDoesNotCount() {
        List<MailId> mails = sent(100);
        happened(mails.subList(0, 1), Kind.COMPLAINED);
        assertThat(mailbox().stopped()).isTrue();
        mailboxes.update(mailbox());
        jdbc.sql("update mailbox set updated_at = ? where id = ?")
                .params(now().plusHours(1), mailbox.value())
                .update();

        happened(mails.subList(1, 2), Kind.COMPLAINED);

        assertThat(mailbox().stopped()).isFalse();
    }
}
