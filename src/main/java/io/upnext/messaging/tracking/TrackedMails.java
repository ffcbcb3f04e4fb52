package io.upnext.messaging.tracking;

import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.Times;
import io.upnext.record.Records;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import io.upnext.shared.RecordId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What tracking has to know of the mails that somebody opens. */
@Component
class TrackedMails {

    /** Nobody follows two links within a second; programs that look at each follow all of them. */
    private static final Duration BURST = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final Mailboxes mailboxes;
    private final Records records;
    private final TrackingRules rules;
    private final Clock clock;

    TrackedMails(JdbcClient jdbc, Mailboxes mailboxes, Records records, TrackingRules rules, Clock clock) {
        this.jdbc = jdbc;
        this.mailboxes = mailboxes;
        this.records = records;
        this.rules = rules;
        this.clock = clock;
    }

    /** @param sentAt null where the server has not taken it yet @param allowed may it be tracked, as things stand now */
    record Tracked(Instant sentAt, boolean allowed) {}

    private record Row(Instant sentAt, RecordId record, MailboxId mailbox) {}

    /** Empty where the mail is gone. Of one whose delivery is uncertain whoever opens it shows that it arrived. */
    Optional<Tracked> find(MailId mail) {
        return jdbc.sql("select case when state = 'UNCERTAIN' then queued_at else sent_at end as sent, record, mailbox"
                        + " from mail where id = ?")
                .param(mail.value())
                .query((row, number) -> new Row(
                        Times.read(row, "sent"),
                        new RecordId(row.getObject("record", UUID.class)),
                        Optional.ofNullable(row.getObject("mailbox", UUID.class))
                                .map(MailboxId::new)
                                .orElse(null)))
                .optional()
                .map(row -> new Tracked(row.sentAt(), allowed(row)));
    }

    /** A record or mailbox that is gone says nothing any more. */
    private boolean allowed(Row row) {
        var mailbox =
                row.mailbox() == null ? null : mailboxes.find(row.mailbox()).orElse(null);
        var graph = records.graph(row.record()).orElse(null);
        return mailbox != null && graph != null && rules.allow(mailbox, graph);
    }

    /**
     * Has another link of the mail been followed just now? Then a program follows all of them, and what it did before
     * does not count either.
     */
    boolean burst(MailId mail, String source) {
        var since = Times.sql(clock.instant().minus(BURST));
        boolean burst = jdbc.sql("""
                        select exists (select 1 from mail_event where mail = ? and at > ?
                            and kind in ('LINK_CLICKED', 'ATTACHMENT_OPENED') and not starts_with(source, ? || ':'))
                        """)
                .params(mail.value(), since, source)
                .query(Boolean.class)
                .single();
        if (burst) {
            // The source changes too, so that a person who does the same later counts.
            jdbc.sql("""
                            update mail_event set human = false, source = source || ':burst:' || id
                            where mail = ? and at > ? and human and kind in ('OPENED', 'LINK_CLICKED', 'ATTACHMENT_OPENED')
                            """).params(mail.value(), since).update();
        }
        return burst;
    }
}
