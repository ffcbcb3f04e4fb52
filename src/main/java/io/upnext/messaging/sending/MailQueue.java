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

/**
 * The rows of mails waiting to be claimed, which {@link MailIntake} puts there, and the claim itself; what follows a claim
 * is in {@link SentMails}.
 */
@Component
public class MailQueue {

    /** A mailbox that is switched on. */
    private static final String WORKING = "not b.stopped and (b.paused_until is null or b.paused_until <= :now)";

    /** A mail that waits to be planned is none of the dispatcher's business. */
    private static final String WAITING = "state = 'QUEUED' and not held and not unplanned";

    private static final String DUE =
            WAITING + " and next_attempt_at <= :now and (planned_until is null or planned_until > :now)";

    /** Those that need not keep the mailbox's gap: none was given to them, or a person said "now". */
    private static final String GAPLESS = "(planned_at is null or urgent)";

    private static final String UNPLAN =
            "planned_at = null, planned_until = null, slot_day = null, organisation_day = null";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Clock clock;

    MailQueue(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
    }

    /**
     * Rows that another transaction holds are passed over: the dispatcher is about to ask the gate for them, which says
     * that the enrollment is over. Waiting for them here would be a deadlock.
     */
    public void cancel(Collection<EnrollmentId> enrollments) {
        jdbc.sql("""
                        update mail set state = 'CANCELLED' where id in
                            (select id from mail where enrollment = any (?::uuid[]) and state = 'QUEUED'
                             for update skip locked)
                        """).param(uuids(enrollments)).update();
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

    /**
     * Takes it away from its step run for good, which may then get another one. What another transaction holds is passed
     * over, as with {@link #cancel}, and so stays the step run's.
     *
     * @return the state of the one that is still the step run's, if any
     */
    public Optional<String> withdraw(StepRunId stepRun, Collection<String> states) {
        jdbc.sql("""
                        update mail set state = 'CANCELLED', step_run = null where id in
                            (select id from mail where step_run = ? and state = any (?) for update skip locked)
                        """).params(stepRun.value(), states.toArray(String[]::new)).update();
        return jdbc.sql("select state from mail where step_run = ?")
                .param(stepRun.value())
                .query(String.class)
                .optional();
    }

    /** As with {@link #cancel}, what the dispatcher holds is passed over: it keeps the template it was queued with. */
    public List<StepRunId> template(Collection<StepRunId> stepRuns, String template) {
        return jdbc
                .sql("""
                        update mail set template = ? where id in
                            (select id from mail where step_run = any (?) and state = 'QUEUED' for update skip locked)
                        returning step_run
                        """)
                .params(template, stepRuns.stream().map(StepRunId::value).toArray(UUID[]::new))
                .query(UUID.class)
                .list()
                .stream()
                .map(StepRunId::new)
                .toList();
    }

    /** @param capped is there a cap beyond the mailbox's own limits */
    public void retry(StepRunId stepRun, boolean capped) {
        jdbc.sql("""
                        update mail set state = 'QUEUED', held = false, attempts = 0, next_attempt_at = ?, error = null,
                            planned_at = null, planned_until = null, slot_day = null, organisation_day = null, mailbox = coalesce(asked_mailbox, (select b.id from mailbox b where b.owner = mail.sender
                                order by b.created_at, b.id limit 1))
                        where step_run = ? and state in ('FAILED', 'QUEUED')
                        """).params(now(), stepRun.value()).update();
        jdbc.sql("""
                        update mail m set unplanned = m.mailbox is not null and (? or m.send_window is not null
                            or exists (select 1 from mailbox b where b.id = m.mailbox and b.limits is not null))
                        where m.step_run = ? and m.state = 'QUEUED'
                        """).params(capped, stepRun.value()).update();
    }

    public void release(Collection<EnrollmentId> enrollments) {
        jdbc.sql("""
                        update mail set held = false, next_attempt_at = ?
                        where enrollment = any (?::uuid[]) and state = 'QUEUED' and held
                        """).params(now(), uuids(enrollments)).update();
    }

    private static UUID[] uuids(Collection<EnrollmentId> ids) {
        return ids.stream().map(EnrollmentId::value).toArray(UUID[]::new);
    }

    /** Lets mails that were held for a pause ask again; those that need a place first are asked for by themselves. */
    void unhold() {
        jdbc.sql(
                        "update mail set held = false where state = 'QUEUED' and held and not unplanned and next_attempt_at <= ?")
                .param(now())
                .update();
    }

    /** Mails held so long that they ask again, before they get a new place. */
    List<QueuedMail> lockHeld(int limit) {
        return jdbc.sql("select * from mail where state = 'QUEUED' and held and unplanned and next_attempt_at <= ?"
                        + " order by enrollment, id limit ? for update skip locked")
                .params(now(), limit)
                .query(MailQueue::queued)
                .list();
    }

    void letGo(MailId mail) {
        jdbc.sql("update mail set held = false where id = ?")
                .param(mail.value())
                .update();
    }

    /** What there is beside mailboxes with due mail: seldom any, so it is looked for before it is locked. */
    record Rest(boolean held, boolean homeless) {}

    Rest rest() {
        return jdbc.sql(
                        "select exists (select 1 from mail where state = 'QUEUED' and held and next_attempt_at <= :now),"
                                + " exists (select 1 from mail where " + DUE + " and mailbox is null)")
                .param("now", now())
                .query((row, number) -> new Rest(row.getBoolean(1), row.getBoolean(2)))
                .single();
    }

    /** A mailbox that works and has mail that may leave now. @param gap seconds between two of its mails, 0 for none */
    record Due(MailboxId mailbox, int gap) {}

    List<Due> mailboxesWithDue() {
        return jdbc.sql("select b.id, coalesce((b.limits ->> 'minGapSeconds')::integer, 0) from mailbox b where "
                        + WORKING + " and " + HAS_DUE)
                .param("now", now())
                .query((row, number) -> new Due(new MailboxId(row.getObject(1, UUID.class)), row.getInt(2)))
                .list();
    }

    /** Looked for in each mailbox by itself: joined, all that is due would be read for it. */
    private static final String HAS_DUE = "coalesce((select true from mail where " + DUE + " and mailbox = b.id and ("
            + GAPLESS + " or not exists (select 1 from mailbox_pace p where p.mailbox = b.id and p.next_at > :now))"
            + " limit 1), false)";

    /** Which due mails one is after. */
    enum Which {
        ALL("true"),
        NO_GAP(GAPLESS),
        GAP("not " + GAPLESS);

        private final String condition;

        Which(String condition) {
            this.condition = condition;
        }
    }

    /** Locks due mails of one mailbox, or with null of none; what others hold is passed over. */
    List<QueuedMail> lockDue(MailboxId mailbox, Which which, int limit) {
        String of = mailbox == null ? "mailbox is null" : "mailbox = :mailbox";
        return jdbc.sql("select * from mail where " + of + " and " + DUE + " and " + which.condition
                        + " order by next_attempt_at, id limit :limit for update skip locked")
                .param("mailbox", id(mailbox, MailboxId::value))
                .param("now", now())
                .param("limit", limit)
                .query(MailQueue::queued)
                .list();
    }

    Optional<QueuedMail> find(StepRunId stepRun) {
        return jdbc.sql("select * from mail where step_run = ? and state = 'QUEUED'")
                .param(stepRun.value())
                .query(MailQueue::queued)
                .optional();
    }

    Optional<QueuedMail> lock(MailId mail) {
        return jdbc.sql("select * from mail where id = :mail and " + DUE + " for update skip locked")
                .param("mail", mail.value())
                .param("now", now())
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
    void claim(Collection<Composed> mails, int node, Instant realNow, Days days) {
        batches.batchUpdate(
                """
                update mail set state = 'CLAIMED', claimed_by = ?, claimed_at = ?, begun = false, attempts = attempts + 1, error = null,
                    mailbox = ?, message_id = ?, in_reply_to = ?, mail_references = ?, from_address = ?, to_address = ?,
                    subject = ?, html = ?, text = ?, slot_day = coalesce(slot_day, ?),
                    organisation_day = coalesce(organisation_day, ?)
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
                            days.organisation(),
                            days.organisation(),
                            mail.id().value()
                        })
                        .toList());
    }

    /** One that was planned gives its place back. */
    void hold(MailId mail, Instant until) {
        jdbc.sql("update mail set held = true, unplanned = unplanned or planned_at is not null, " + UNPLAN
                        + ", next_attempt_at = ? where id = ?")
                .params(Times.sql(until), mail.value())
                .update();
    }

    /** It may leave, but has no place yet. */
    void unplan(MailId mail, MailboxId mailbox) {
        jdbc.sql("update mail set unplanned = true, mailbox = ?, " + UNPLAN + " where id = ?")
                .params(mailbox.value(), mail.value())
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
        return jdbc.sql("select exists (select 1 from mailbox b where " + WORKING + " and " + HAS_DUE
                        + ") or exists (select 1 from mail where " + WAITING
                        + " and mailbox is null and next_attempt_at <= :now)")
                .param("now", now())
                .query(Boolean.class)
                .single();
    }

    Optional<Instant> nextDue() {
        return jdbc.sql("select min(d.due) as next from mailbox b left join mailbox_pace p on p.mailbox = b.id"
                        + " cross join lateral (select next_attempt_at, " + GAPLESS + " as gapless from mail where "
                        + WAITING
                        + " and mailbox = b.id order by next_attempt_at limit 1) m"
                        + " cross join lateral (select greatest(m.next_attempt_at, b.paused_until,"
                        + " case when m.gapless then null else p.next_at end) as due) d"
                        + " where not b.stopped and d.due > :now")
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

    private static QueuedMail queued(ResultSet row, int number) throws SQLException {
        String html = row.getString("written_html");
        OutgoingMail asked = OutgoingMail.of(
                        id(row, "step_run", StepRunId::new),
                        new EnrollmentId(row.getObject("enrollment", UUID.class)),
                        row.getString("step_id"),
                        new RecordId(row.getObject("record", UUID.class)))
                .from(id(row, "sender", UserId::new), id(row, "asked_mailbox", MailboxId::new))
                .template(row.getString("template"), row.getString("language"))
                .written(html == null ? null : new OutgoingMail.Written(row.getString("written_subject"), html))
                .inThreadOf(id(row, "reply_to_step_run", StepRunId::new))
                .answersTo(row.getString("reply_to_address"))
                .copies(list(row, "cc"), list(row, "bcc"))
                .track(row.getBoolean("track_opens"), row.getBoolean("track_clicks"))
                .unsubscribeLink(row.getBoolean("unsubscribe_link"))
                .attachments(list(row, "attachments"))
                .answer(answer(row))
                .mail();
        return new QueuedMail(
                new MailId(row.getObject("id", UUID.class)),
                asked,
                id(row, "mailbox", MailboxId::new),
                Times.read(row, "queued_at"),
                row.getInt("attempts"),
                Times.read(row, "planned_until"),
                row.getObject("slot_day") != null,
                row.getString("send_window") != null);
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
