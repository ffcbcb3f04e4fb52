package io.upnext.messaging.pacing;

import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What became of the mails that a mailbox sent on one day. */
@Repository
class BreakerRows {

    private final JdbcClient jdbc;

    BreakerRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param sent with those that bounced @param complaints mails complained about @param bounces mails bounced hard */
    record Day(MailboxId mailbox, LocalDate date, long sent, long complaints, long bounces) {}

    /** The day on which a mail was sent, by its mailbox's owner's calendar. */
    Optional<Day> dayOf(MailId mail) {
        return jdbc.sql("""
                        select b.id, d.slot_day, count(distinct m.id) as sent,
                            count(distinct m.id) filter (where e.kind = 'COMPLAINED') as complaints,
                            count(distinct m.id) filter (where e.kind = 'BOUNCED_HARD') as bounces
                        from mail d join mailbox b on b.id = d.mailbox
                            join mail m on m.mailbox = d.mailbox and m.slot_day = d.slot_day
                                and m.state in ('SENT', 'BOUNCED')
                                and coalesce(m.sent_at, m.next_attempt_at) >= b.updated_at
                            left join mail_event e on e.mail = m.id and e.kind in ('COMPLAINED', 'BOUNCED_HARD')
                        where d.id = ?
                        group by b.id, d.slot_day
                        """)
                .param(mail.value())
                .query((row, number) -> new Day(
                        new MailboxId(row.getObject(1, UUID.class)),
                        row.getObject(2, LocalDate.class),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5)))
                .optional();
    }

    void warn(MailboxId mailbox, String sentence) {
        jdbc.sql("update mailbox set warning = ? where id = ?")
                .params(sentence, mailbox.value())
                .update();
    }
}
