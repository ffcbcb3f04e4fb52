package io.upnext.messaging.sending;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.Times;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of mails waiting to be claimed, and the claim itself; what follows a claim is in {@link SentMails}. */
@Component
public class MailQueue {

    /** A mailbox that is switched on. */
    private static final String WORKING = "not b.stopped and (b.paused_until is null or b.paused_until <= :now)";

    private static final String WAITING = "state = 'QUEUED' and not held";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Clock clock;

    MailQueue(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
    }

    public MailId insert(OutgoingMail mail, MailboxId mailbox) {
        OutgoingMail.Written written = mail.written();
        OutgoingMail.Answer answer = mail.answer();
        MailId id = answer == null ? MailId.next() : answer.mail();
        jdbc.sql("""
                        insert into mail (id, step_run, enrollment, step_id, record, sender, asked_mailbox, template, language,
                            written_subject, written_html, reply_to_step_run, reply_to_address, cc, bcc, track_opens,
                            track_clicks, unsubscribe_link, attachments, asked_to, in_reply_to, mail_references, written_by,
                            state, mailbox, queued_at, next_attempt_at)
                        values (:id, :stepRun, :enrollment, :stepId, :record, :sender, :asked, :template, :language,
                            :subject, :html, :replyTo, :replyToAddress, :cc, :bcc, :trackOpens,
                            :trackClicks, :unsubscribe, :attachments, :to, :inReplyTo, :references, :by,
                            'QUEUED', :mailbox, :now, :now)
                        on conflict do nothing
                        """)
                .param("id", id.value())
                .param("stepRun", id(mail.stepRun(), StepRunId::value))
                .param("enrollment", mail.enrollment().value())
                .param("stepId", mail.stepId())
                .param("record", mail.record().value())
                .param("sender", id(mail.sender(), UserId::value))
                .param("asked", id(mail.mailbox(), MailboxId::value))
                .param("template", mail.template())
                .param("language", mail.language())
                .param("subject", written == null ? null : written.subject())
                .param("html", written == null ? null : written.html())
                .param("replyTo", id(mail.replyTo(), StepRunId::value))
                .param("replyToAddress", mail.replyToAddress())
                .param("cc", array(mail.cc()))
                .param("bcc", array(mail.bcc()))
                .param("trackOpens", mail.trackOpens())
                .param("trackClicks", mail.trackClicks())
                .param("unsubscribe", mail.unsubscribeLink())
                .param("attachments", array(mail.attachments()))
                .param("to", answer == null ? null : answer.to())
                .param("inReplyTo", answer == null ? null : answer.inReplyTo())
                .param("references", answer == null ? null : answer.references())
                .param("by", answer == null ? null : id(answer.by(), UserId::value))
                .param("mailbox", id(mailbox, MailboxId::value))
                .param("now", now())
                .update();
        if (mail.stepRun() == null) {
            return id;
        }
        return jdbc.sql("select id from mail where step_run = ?")
                .param(mail.stepRun().value())
                .query((row, number) -> new MailId(row.getObject(1, UUID.class)))
                .single();
    }

    /**
     * Rows that another transaction holds are passed over: the dispatcher is about to ask the gate for them, which says
     * that the enrollment is over. Waiting for them here would be a deadlock.
     */
    public void cancel(EnrollmentId enrollment) {
        jdbc.sql("""
                        update mail set state = 'CANCELLED' where id in
                            (select id from mail where enrollment = ? and state = 'QUEUED' for update skip locked)
                        """).param(enrollment.value()).update();
    }

    public boolean cancel(StepRunId stepRun) {
        jdbc.sql("""
                        update mail set state = 'CANCELLED' where id in
                            (select id from mail where step_run = ? and state in ('QUEUED', 'FAILED') for update skip locked)
                        """).param(stepRun.value()).update();
        return jdbc.sql("select state from mail where step_run = ?")
                .param(stepRun.value())
                .query(String.class)
                .optional()
                .map(state -> state.equals("CANCELLED") || state.equals("QUEUED") || state.equals("REFUSED"))
                .orElse(true);
    }

    public void retry(StepRunId stepRun) {
        jdbc.sql("""
                        update mail set state = 'QUEUED', held = false, attempts = 0, next_attempt_at = ?, error = null,
                            mailbox = coalesce(asked_mailbox, (select b.id from mailbox b where b.owner = mail.sender
                                order by b.created_at, b.id limit 1))
                        where step_run = ? and state in ('FAILED', 'QUEUED')
                        """).params(now(), stepRun.value()).update();
    }

    public void release(EnrollmentId enrollment) {
        jdbc.sql("""
                        update mail set held = false, next_attempt_at = ?
                        where enrollment = ? and state = 'QUEUED' and held
                        """).params(now(), enrollment.value()).update();
    }

    /** Lets mails that were held for a pause ask again. */
    void unhold() {
        jdbc.sql("update mail set held = false where state = 'QUEUED' and held and next_attempt_at <= ?")
                .param(now())
                .update();
    }

    /** Mailboxes that work and have mail due. */
    List<MailboxId> mailboxesWithDue() {
        return jdbc.sql("select b.id from mailbox b where " + WORKING + " and exists (select 1 from mail m where "
                        + WAITING + " and m.mailbox = b.id and m.next_attempt_at <= :now)")
                .param("now", now())
                .query((row, number) -> new MailboxId(row.getObject(1, UUID.class)))
                .list();
    }

    /** Locks due mails of one mailbox, or with null of none; what others hold is passed over. */
    List<QueuedMail> lockDue(MailboxId mailbox, int limit) {
        String of = mailbox == null ? "mailbox is null" : "mailbox = :mailbox";
        return jdbc.sql(
                        "select * from mail where " + of + " and " + WAITING
                                + " and next_attempt_at <= :now order by next_attempt_at, id limit :limit for update skip locked")
                .param("mailbox", id(mailbox, MailboxId::value))
                .param("now", now())
                .param("limit", limit)
                .query(MailQueue::queued)
                .list();
    }

    Optional<QueuedMail> lock(MailId mail) {
        return jdbc.sql("select * from mail where id = ? and " + WAITING + " for update skip locked")
                .param(mail.value())
                .query(MailQueue::queued)
                .optional();
    }

    /** The sent mails of these step runs, whose threads others continue. */
    Map<StepRunId, Thread> threads(Collection<StepRunId> stepRuns) {
        Map<StepRunId, Thread> threads = new HashMap<>();
        if (!stepRuns.isEmpty()) {
            jdbc.sql(
                            "select step_run, message_id, mail_references from mail where step_run = any(?) and state = 'SENT'")
                    .param(stepRuns.stream().map(StepRunId::value).toArray(UUID[]::new))
                    .query(row -> {
                        threads.put(
                                new StepRunId(row.getObject("step_run", UUID.class)),
                                new Thread(row.getString("message_id"), row.getString("mail_references")));
                    });
        }
        return threads;
    }

    /** Where a mail stands in its thread. */
    record Thread(String messageId, String references) {

        String referencesOfAnswer() {
            return references == null ? messageId : references + " " + messageId;
        }
    }

    /** Commits with the caller's transaction, before anything is said to the server. */
    void claim(Collection<Composed> mails, int node, Instant realNow) {
        batches.batchUpdate(
                """
                update mail set state = 'CLAIMED', claimed_by = ?, claimed_at = ?, begun = false, attempts = attempts + 1, error = null,
                    mailbox = ?, message_id = ?, in_reply_to = ?, mail_references = ?, from_address = ?, to_address = ?,
                    subject = ?, html = ?, text = ?
                where id = ?
                """,
                mails.stream()
                        .map(mail -> new Object[] {
                            node,
                            Times.sql(realNow),
                            mail.mailbox().id().value(),
                            mail.messageId(),
                            mail.inReplyTo(),
                            mail.references(),
                            mail.mailbox().address(),
                            mail.to(),
                            mail.subject(),
                            mail.html(),
                            mail.text(),
                            mail.id().value()
                        })
                        .toList());
    }

    void hold(MailId mail, Instant until) {
        jdbc.sql("update mail set held = true, next_attempt_at = ? where id = ?")
                .params(Times.sql(until), mail.value())
                .update();
    }

    /** Ends a locked row without sending it. */
    void end(MailId mail, String state, String error) {
        jdbc.sql("update mail set state = ?, error = ? where id = ?")
                .params(state, error, mail.value())
                .update();
    }

    void refuse(MailId mail, MailEvent.Refusal refusal, String address) {
        jdbc.sql("update mail set state = 'REFUSED', error = ?, to_address = ? where id = ?")
                .params(refusal.name(), address, mail.value())
                .update();
    }

    /** Looked at again later because of an error that is not the server's. */
    void postpone(MailId mail, Instant until, String error) {
        jdbc.sql(
                        "update mail set next_attempt_at = ?, attempts = attempts + 1, error = ? where id = ? and state = 'QUEUED'")
                .params(Times.sql(until), error, mail.value())
                .update();
    }

    /** Is something due that this product could send now, or claimed? */
    boolean hasWork() {
        return jdbc.sql("select exists (select 1 from mailbox b where " + WORKING
                        + " and exists (select 1 from mail m where "
                        + WAITING + " and m.mailbox = b.id and m.next_attempt_at <= :now))"
                        + " or exists (select 1 from mail where " + WAITING
                        + " and mailbox is null and next_attempt_at <= :now)")
                .param("now", now())
                .query(Boolean.class)
                .single();
    }

    Optional<Instant> nextDue() {
        return jdbc.sql(
                        "select min(greatest(m.next_attempt_at, b.paused_until)) as next from mailbox b cross join lateral"
                                + " (select next_attempt_at from mail where " + WAITING
                                + " and mailbox = b.id order by next_attempt_at limit 1) m"
                                + " where not b.stopped and greatest(m.next_attempt_at, b.paused_until) > :now")
                .param("now", now())
                .query((row, number) -> Optional.ofNullable(Times.read(row, "next")))
                .single();
    }

    private Object now() {
        return Times.sql(clock.instant());
    }

    private static <T> UUID id(T id, Function<T, UUID> value) {
        return id == null ? null : value.apply(id);
    }

    private static String[] array(List<String> values) {
        return values == null ? new String[0] : values.toArray(String[]::new);
    }

    private static QueuedMail queued(ResultSet row, int number) throws SQLException {
        String html = row.getString("written_html");
        OutgoingMail asked = new OutgoingMail(
                id(row, "step_run", StepRunId::new),
                new EnrollmentId(row.getObject("enrollment", UUID.class)),
                row.getString("step_id"),
                new RecordId(row.getObject("record", UUID.class)),
                id(row, "sender", UserId::new),
                id(row, "asked_mailbox", MailboxId::new),
                row.getString("template"),
                row.getString("language"),
                html == null ? null : new OutgoingMail.Written(row.getString("written_subject"), html),
                id(row, "reply_to_step_run", StepRunId::new),
                row.getString("reply_to_address"),
                list(row, "cc"),
                list(row, "bcc"),
                row.getBoolean("track_opens"),
                row.getBoolean("track_clicks"),
                row.getBoolean("unsubscribe_link"),
                list(row, "attachments"),
                answer(row));
        return new QueuedMail(
                new MailId(row.getObject("id", UUID.class)),
                asked,
                id(row, "mailbox", MailboxId::new),
                Times.read(row, "queued_at"),
                row.getInt("attempts"));
    }

    private static OutgoingMail.Answer answer(ResultSet row) throws SQLException {
        String to = row.getString("asked_to");
        return to == null
                ? null
                : new OutgoingMail.Answer(
                        id(row, "id", MailId::new),
                        to,
                        row.getString("in_reply_to"),
                        row.getString("mail_references"),
                        id(row, "written_by", UserId::new));
    }

    private static <T> T id(ResultSet row, String column, Function<UUID, T> make) throws SQLException {
        UUID value = row.getObject(column, UUID.class);
        return value == null ? null : make.apply(value);
    }

    private static List<String> list(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
