package io.upnext.messaging.receiving;

import io.upnext.messaging.Times;
import io.upnext.messaging.inspection.MailClass;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of mails that came in: stored as they arrived, understood afterwards. */
@Component
class InboundMails {

    private static final String DUE = "state = 'STORED' and next_try_at <= ?";

    private final JdbcClient jdbc;
    private final Clock clock;

    InboundMails(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A stored mail that is to be understood. */
    record Stored(
            UUID id,
            MailboxId mailbox,
            Instant receivedAt,
            byte[] raw,
            byte[] fingerprint,
            boolean truncated,
            int tries) {}

    /**
     * What the product made of a mail.
     *
     * @param matchedBy the way its own mail was found, or null
     * @param body what was written above the quotation
     * @param backOn the first day on which an absent one is there again
     */
    record Understood(
            MailClass mailClass,
            MailId mail,
            String matchedBy,
            String from,
            String subject,
            String snippet,
            String body,
            LocalDate backOn) {

        static final Understood NOTHING = new Understood(MailClass.UNKNOWN, null, null, null, null, null, null, null);
    }

    /** False where the message is known already. */
    boolean store(MailboxId mailbox, long uidValidity, long uid, ImapReader.Fetched message) {
        Object now = Times.sql(clock.instant());
        return jdbc.sql("""
                        insert into inbound_mail (id, mailbox, uid_validity, uid, fingerprint, received_at, raw, truncated,
                            state, next_try_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, 'STORED', ?)
                        on conflict do nothing
                        """)
                        .params(
                                UUID.randomUUID(),
                                mailbox.value(),
                                uidValidity,
                                uid,
                                message.fingerprint(),
                                now,
                                message.raw(),
                                message.truncated(),
                                now)
                        .update()
                > 0;
    }

    /** For a person to know of: a message that is there and cannot be fetched. */
    void unreadable(MailboxId mailbox, long uidValidity, long uid, String why) {
        Object now = Times.sql(clock.instant());
        jdbc.sql("""
                        insert into inbound_mail (id, mailbox, uid_validity, uid, fingerprint, received_at, state, class,
                            next_try_at, error)
                        values (?, ?, ?, ?, ?, ?, 'KEPT', 'UNKNOWN', ?, ?)
                        on conflict do nothing
                        """)
                .params(
                        UUID.randomUUID(),
                        mailbox.value(),
                        uidValidity,
                        uid,
                        ByteBuffer.allocate(16)
                                .putLong(uidValidity)
                                .putLong(uid)
                                .array(),
                        now,
                        now,
                        clean(why))
                .update();
    }

    Optional<Stored> lockNext() {
        return jdbc.sql("select id, mailbox, received_at, raw, fingerprint, truncated, tries from inbound_mail where "
                        + DUE + " order by next_try_at, id limit 1 for update skip locked")
                .param(Times.sql(clock.instant()))
                .query(InboundMails::stored)
                .optional();
    }

    /** @param keepRaw false takes the text away: mail that concerns nobody is not the product's to keep */
    void applied(UUID id, Understood what, boolean keepRaw) {
        finish(id, "APPLIED", what, null, keepRaw);
    }

    /** For a person to look at. */
    void kept(UUID id, Understood what, String why) {
        finish(id, "KEPT", what, why, true);
    }

    private void finish(UUID id, String state, Understood what, String why, boolean keepRaw) {
        jdbc.sql("""
                        update inbound_mail set state = ?, class = ?, mail = ?, matched_by = ?, from_address = ?, subject = ?,
                            snippet = ?, body = ?, back_on = ?, error = ?, raw = case when ? then raw end
                        where id = ?
                        """)
                .params(
                        state,
                        what.mailClass().name(),
                        what.mail() == null ? null : what.mail().value(),
                        what.matchedBy(),
                        clean(what.from()),
                        clean(what.subject()),
                        clean(what.snippet()),
                        clean(what.body()),
                        what.backOn(),
                        why,
                        keepRaw,
                        id)
                .update();
    }

    /** PostgreSQL has no place for a zero character. */
    static String clean(String text) {
        return text == null ? null : text.replace("\u0000", "");
    }

    void failed(UUID id, Instant next, String error) {
        jdbc.sql(
                        "update inbound_mail set tries = tries + 1, next_try_at = ?, error = ? where id = ? and state = 'STORED'")
                .params(Times.sql(next), clean(error), id)
                .update();
    }

    boolean anyDue() {
        return jdbc.sql("select exists (select 1 from inbound_mail where " + DUE + ")")
                .param(Times.sql(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    Optional<Instant> nextDue() {
        return jdbc.sql("select min(next_try_at) as next from inbound_mail where state = 'STORED' and next_try_at > ?")
                .param(Times.sql(clock.instant()))
                .query((row, number) -> Optional.ofNullable(Times.read(row, "next")))
                .single();
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        return new Stored(
                row.getObject("id", UUID.class),
                new MailboxId(row.getObject("mailbox", UUID.class)),
                Times.read(row, "received_at"),
                row.getBytes("raw"),
                row.getBytes("fingerprint"),
                row.getBoolean("truncated"),
                row.getInt("tries"));
    }
}
