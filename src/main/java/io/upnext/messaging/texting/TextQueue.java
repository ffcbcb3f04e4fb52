package io.upnext.messaging.texting;

import io.upnext.messaging.OutgoingText;
import io.upnext.messaging.SequenceWindow;
import io.upnext.messaging.Times;
import io.upnext.messaging.pacing.StoredWindows;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.TextMessageId;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of texts waiting to be claimed, and the claim itself; what follows a claim is in {@link SentTexts}. */
@Component
public class TextQueue {

    private static final String DUE = "state = 'QUEUED' and not held and next_attempt_at <= :now";

    private final JdbcClient jdbc;
    private final StoredWindows windows;
    private final Clock clock;

    TextQueue(JdbcClient jdbc, StoredWindows windows, Clock clock) {
        this.jdbc = jdbc;
        this.windows = windows;
        this.clock = clock;
    }

    /**
     * @param id of an answer from the inbox, which is queued once however often it is asked for; else a new one
     * @param window when it may leave, or null
     * @param notBefore what is known of that now; it is asked again then
     */
    public TextMessageId insert(TextMessageId id, OutgoingText text, SequenceWindow window, Instant notBefore) {
        jdbc.sql("""
                        insert into text_message (id, step_run, enrollment, step_id, record, sender, template, language,
                            written, asked_to, written_by, send_window, state, queued_at, next_attempt_at)
                        values (:id, :stepRun, :enrollment, :stepId, :record, :sender, :template, :language,
                            :written, :askedTo, :writtenBy, :window::jsonb, 'QUEUED', :now, :notBefore)
                        on conflict do nothing
                        """)
                .param("id", id.value())
                .param("stepRun", text.stepRun() == null ? null : text.stepRun().value())
                .param("enrollment", text.enrollment().value())
                .param("stepId", text.stepId())
                .param("record", text.record().value())
                .param("sender", text.sender() == null ? null : text.sender().value())
                .param("template", text.template())
                .param("language", text.language())
                .param("written", text.written())
                .param("askedTo", text.askedTo())
                .param(
                        "writtenBy",
                        text.askedTo() == null ? null : text.sender().value())
                .param("window", windows.write(window))
                .param("notBefore", Times.sql(notBefore))
                .param("now", now())
                .update();
        return text.stepRun() == null ? id : idOf(text.stepRun());
    }

    private TextMessageId idOf(StepRunId stepRun) {
        return jdbc.sql("select id from text_message where step_run = ?")
                .param(stepRun.value())
                .query((row, number) -> new TextMessageId(row.getObject(1, UUID.class)))
                .single();
    }

    /** The text of a step run, where it still waits. */
    Optional<QueuedText> find(StepRunId stepRun) {
        return waiting(stepRun, "");
    }

    /** The same, locked: the dispatcher passes it over meanwhile. */
    Optional<QueuedText> lock(StepRunId stepRun) {
        return waiting(stepRun, " and not held for update");
    }

    private Optional<QueuedText> waiting(StepRunId stepRun, String more) {
        return jdbc.sql("select * from text_message where step_run = ? and state = 'QUEUED'" + more)
                .param(stepRun.value())
                .query(this::queued)
                .optional();
    }

    /** Rows that another transaction holds are passed over: whoever claims them asks the gate, which says it is over. */
    public void cancel(Collection<EnrollmentId> enrollments) {
        jdbc.sql("""
                        update text_message set state = 'CANCELLED' where id in
                            (select id from text_message where enrollment = any (?::uuid[]) and state = 'QUEUED'
                             for update skip locked)
                        """).param(uuids(enrollments)).update();
    }

    /** Takes back the text of a step run if it is not yet claimed. @return true where none will be sent */
    public boolean cancel(StepRunId stepRun) {
        jdbc.sql("""
                        update text_message set state = 'CANCELLED' where id in (select id from text_message
                            where step_run = ? and state in ('QUEUED', 'FAILED') for update skip locked)
                        """).param(stepRun.value()).update();
        return jdbc.sql("select state from text_message where step_run = ?")
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
                        update text_message set state = 'CANCELLED', step_run = null where id in
                            (select id from text_message where step_run = ? and state = any (?) for update skip locked)
                        """).params(stepRun.value(), states.toArray(String[]::new)).update();
        return jdbc.sql("select state from text_message where step_run = ?")
                .param(stepRun.value())
                .query(String.class)
                .optional();
    }

    /** @throws ConflictException where nobody knows whether it was sent */
    public void retry(StepRunId stepRun) {
        boolean uncertain =
                jdbc.sql("""
                        select exists (select 1 from text_message where step_run = ? and state = 'UNCERTAIN')
                        """).param(stepRun.value()).query(Boolean.class).single();
        if (uncertain) {
            throw new ConflictException("Nobody knows whether this text was sent; decide that first (uncertain texts),"
                    + " or skip the step.");
        }
        jdbc.sql("""
                        update text_message set state = 'QUEUED', held = false, attempts = 0, next_attempt_at = ?,
                            error = null
                        where step_run = ? and state in ('FAILED', 'QUEUED')
                        """).params(now(), stepRun.value()).update();
    }

    /** Lets the texts of an enrollment that was paused ask again at once. @return how many there are */
    public int release(Collection<EnrollmentId> enrollments) {
        return jdbc.sql("""
                        update text_message set held = false, next_attempt_at = ?
                        where enrollment = any (?::uuid[]) and state = 'QUEUED' and held
                        """).params(now(), uuids(enrollments)).update();
    }

    private static UUID[] uuids(Collection<EnrollmentId> ids) {
        return ids.stream().map(EnrollmentId::value).toArray(UUID[]::new);
    }

    /** Lets texts that were held for a pause ask again. */
    void unhold() {
        jdbc.sql("update text_message set held = false where state = 'QUEUED' and held and next_attempt_at <= ?")
                .param(now())
                .update();
    }

    /** Locks the text that is due first; what others hold is passed over. */
    Optional<QueuedText> lockDue() {
        return jdbc.sql("select * from text_message where " + DUE
                        + " order by next_attempt_at, id limit 1 for update skip locked")
                .param("now", now())
                .query(this::queued)
                .optional();
    }

    /** Commits with the caller's transaction, before anything is said to the gateway. */
    void claim(TextMessageId id, String to, String text, int node, Instant realNow) {
        jdbc.sql("""
                        update text_message set state = 'CLAIMED', claimed_by = ?, claimed_at = ?,
                            attempts = attempts + 1, error = null, to_number = ?, text = ?
                        where id = ?
                        """).params(node, Times.sql(realNow), to, text, id.value()).update();
    }

    void hold(TextMessageId id, Instant until) {
        jdbc.sql("update text_message set held = true, next_attempt_at = ? where id = ?")
                .params(Times.sql(until), id.value())
                .update();
    }

    /** Not before then; nothing is wrong with it. */
    void wait(TextMessageId id, Instant until) {
        jdbc.sql("update text_message set next_attempt_at = ? where id = ?")
                .params(Times.sql(until), id.value())
                .update();
    }

    /** Ends a locked row without sending it. */
    void end(TextMessageId id, String state, String error, String to) {
        jdbc.sql("update text_message set state = ?, error = ?, to_number = coalesce(?, to_number) where id = ?")
                .params(state, error, to, id.value())
                .update();
    }

    /** Looked at again later because of an error that is not the gateway's. */
    void postpone(TextMessageId id, Instant until, String error) {
        jdbc.sql("""
                        update text_message set next_attempt_at = ?, attempts = attempts + 1, error = ?
                        where id = ? and state = 'QUEUED'
                        """).params(Times.sql(until), error, id.value()).update();
    }

    boolean anyDue() {
        return jdbc.sql("select exists (select 1 from text_message where " + DUE + ")")
                .param("now", now())
                .query(Boolean.class)
                .single();
    }

    Optional<Instant> nextDue() {
        return jdbc.sql("""
                        select min(next_attempt_at) as next from text_message
                        where state = 'QUEUED' and not held and next_attempt_at > :now
                        """)
                .param("now", now())
                .query((row, number) -> Optional.ofNullable(Times.read(row, "next")))
                .single();
    }

    /** When the texts of these step runs are to leave. */
    public Map<StepRunId, Instant> planned(Collection<StepRunId> stepRuns) {
        Map<StepRunId, Instant> planned = new HashMap<>();
        if (stepRuns.isEmpty()) {
            return planned;
        }
        jdbc.sql("select step_run, next_attempt_at from text_message where step_run = any(?)"
                        + " and state = 'QUEUED' and not held")
                .param(stepRuns.stream().map(StepRunId::value).toArray(UUID[]::new))
                .query(row -> {
                    planned.put(
                            new StepRunId(row.getObject("step_run", UUID.class)), Times.read(row, "next_attempt_at"));
                });
        return planned;
    }

    private Object now() {
        return Times.sql(clock.instant());
    }

    private QueuedText queued(ResultSet row, int number) throws SQLException {
        UUID sender = row.getObject("sender", UUID.class);
        UUID stepRun = row.getObject("step_run", UUID.class);
        OutgoingText asked = new OutgoingText(
                stepRun == null ? null : new StepRunId(stepRun),
                new EnrollmentId(row.getObject("enrollment", UUID.class)),
                row.getString("step_id"),
                new RecordId(row.getObject("record", UUID.class)),
                sender == null ? null : new UserId(sender),
                row.getString("template"),
                row.getString("language"),
                row.getString("written"),
                row.getString("asked_to"));
        return new QueuedText(
                new TextMessageId(row.getObject("id", UUID.class)),
                asked,
                row.getBoolean("urgent") ? null : windows.read(row.getString("send_window")),
                Times.read(row, "queued_at"),
                row.getInt("attempts"));
    }
}
