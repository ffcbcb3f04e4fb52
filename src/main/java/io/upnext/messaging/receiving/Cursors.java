package io.upnext.messaging.receiving;

import io.upnext.messaging.Times;
import io.upnext.shared.MailboxId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How far each mailbox has been read, and when it is read next. Looking into a mailbox happens in real time, whatever
 * the product's clock says.
 */
@Component
class Cursors {

    /** While somebody reads, others leave the mailbox alone; a dead reader's turn ends by itself. */
    private static final Duration TURN = Duration.ofMinutes(3);

    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Clock realTime;

    Cursors(JdbcClient jdbc, @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.realTime = realTime;
    }

    /** @param uidValidity null before the first reading */
    record Cursor(Long uidValidity, long lastUid) {}

    /** @param failing the last try failed */
    record Turn(MailboxId mailbox, boolean failing) {}

    /**
     * Takes the turn of a mailbox that is due.
     *
     * @param failingToo also of one whose last try failed
     */
    Optional<Turn> take(boolean failingToo) {
        Instant now = realTime.instant();
        jdbc.sql("""
                        insert into mailbox_cursor (mailbox, next_poll_at)
                        select id, ? from mailbox b where imap is not null
                            and not exists (select 1 from mailbox_cursor c where c.mailbox = b.id)
                        on conflict do nothing
                        """).param(Times.sql(now)).update();
        return jdbc.sql("""
                        update mailbox_cursor set next_poll_at = :turn where mailbox = (
                            select c.mailbox from mailbox_cursor c join mailbox b on b.id = c.mailbox
                            where b.imap is not null and c.next_poll_at <= :now and (:failingToo or c.failures = 0)
                            order by c.next_poll_at limit 1 for update of c skip locked)
                        returning mailbox, failures > 0
                        """)
                .param("failingToo", failingToo)
                .param("turn", Times.sql(now.plus(TURN)))
                .param("now", Times.sql(now))
                .query((row, number) -> new Turn(new MailboxId(row.getObject(1, UUID.class)), row.getBoolean(2)))
                .optional();
    }

    Cursor of(MailboxId mailbox) {
        return jdbc.sql("select uid_validity, last_uid from mailbox_cursor where mailbox = ?")
                .param(mailbox.value())
                .query((row, number) -> new Cursor(row.getObject(1, Long.class), row.getLong(2)))
                .optional()
                .orElse(new Cursor(null, 0));
    }

    /** Two readers at once never move it back. */
    void moveTo(MailboxId mailbox, long uidValidity, long uid) {
        jdbc.sql("""
                        insert into mailbox_cursor (mailbox, uid_validity, last_uid, next_poll_at)
                        values (:mailbox, :validity, :uid, :now)
                        on conflict (mailbox) do update set uid_validity = :validity,
                            last_uid = case when mailbox_cursor.uid_validity = :validity
                                then greatest(mailbox_cursor.last_uid, :uid) else :uid end
                        """)
                .param("mailbox", mailbox.value())
                .param("validity", uidValidity)
                .param("uid", uid)
                .param("now", Times.sql(realTime.instant()))
                .update();
    }

    /** Others go on leaving alone what is listened to here. */
    void keep(Collection<MailboxId> mailboxes) {
        jdbc.sql("update mailbox_cursor set next_poll_at = ?, failures = 0, error = null where mailbox = any(?)")
                .params(
                        Times.sql(realTime.instant().plus(TURN)),
                        mailboxes.stream().map(MailboxId::value).toArray(UUID[]::new))
                .update();
    }

    void done(MailboxId mailbox, boolean more) {
        Instant next = more ? realTime.instant() : realTime.instant().plus(BETWEEN);
        jdbc.sql("update mailbox_cursor set next_poll_at = ?, failures = 0, error = null where mailbox = ?")
                .params(Times.sql(next), mailbox.value())
                .update();
    }

    void failed(MailboxId mailbox, String error) {
        int failures = jdbc.sql("select failures from mailbox_cursor where mailbox = ?")
                .param(mailbox.value())
                .query(Integer.class)
                .optional()
                .orElse(0);
        Duration pause = BETWEEN.multipliedBy(2L << Math.min(failures, 7));
        Instant next = realTime.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        jdbc.sql("""
                        insert into mailbox_cursor (mailbox, next_poll_at, failures, error)
                        select id, :next, 1, :error from mailbox where id = :mailbox
                        on conflict (mailbox) do update
                            set next_poll_at = excluded.next_poll_at, failures = mailbox_cursor.failures + 1,
                                error = excluded.error
                        """)
                .param("mailbox", mailbox.value())
                .param("next", Times.sql(next))
                .param("error", InboundMails.clean(error))
                .update();
    }
}
