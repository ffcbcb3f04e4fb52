package io.upnext.messaging.texting;

import io.upnext.messaging.TextEvent;
import io.upnext.messaging.Times;
import io.upnext.messaging.event.StoredFirst;
import io.upnext.operation.Workers;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.TextMessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of what happened to texts: stored first, applied after ({@link TextEventApplier}). */
@Component
class TextEvents implements StoredFirst.Table<TextEvents.Stored> {

    private static final String OLDEST = """
            e.applied_at is null and not exists (select 1 from text_event older
                where older.enrollment = e.enrollment and older.applied_at is null and older.id < e.id)
            """;
    private static final String DUE = OLDEST + " and e.next_try_at <= ?";

    private final JdbcClient jdbc;
    private final Workers workers;
    private final Clock clock;

    TextEvents(JdbcClient jdbc, Workers workers, Clock clock) {
        this.jdbc = jdbc;
        this.workers = workers;
        this.clock = clock;
    }

    /** Something that happened now to a stored text. */
    record Happened(TextMessageId text, TextEvent.Kind kind, TextEvent.Refusal refusal, String detail) {

        static Happened to(TextMessageId text, TextEvent.Kind kind) {
            return new Happened(text, kind, null, null);
        }

        Happened detail(String sentence) {
            return new Happened(text, kind, refusal, sentence);
        }

        Happened refusal(TextEvent.Refusal why) {
            return new Happened(text, kind, why, detail);
        }
    }

    record Stored(TextEvent event, int tries) {}

    /** Stores an event in the caller's transaction and wakes the applier after it. */
    void add(Happened happened) {
        jdbc.sql("""
                        insert into text_event (text_message, step_run, enrollment, step_id, record, kind, at, refusal,
                            detail, next_try_at)
                        select id, step_run, enrollment, step_id, record, :kind, :now, :refusal, :detail, :now
                        from text_message where id = :text
                        """)
                .param("text", happened.text().value())
                .param("kind", happened.kind().name())
                .param("now", Times.sql(clock.instant()))
                .param(
                        "refusal",
                        happened.refusal() == null ? null : happened.refusal().name())
                .param("detail", happened.detail())
                .update();
        workers.wake(TextEventApplier.NAME);
    }

    /** The oldest of each enrollment only, so that two events of one enrollment are never applied side by side. */
    @Override
    public List<Stored> lockDue(int limit, Instant now) {
        return jdbc.sql("select * from text_event e where " + DUE + " order by e.id limit ? for update skip locked")
                .params(Times.sql(now), limit)
                .query(TextEvents::stored)
                .list();
    }

    @Override
    public Optional<Stored> lock(Stored stored) {
        return jdbc.sql("select * from text_event e where e.id = ? and " + OLDEST + " for update skip locked")
                .param(stored.event().id())
                .query(TextEvents::stored)
                .optional();
    }

    @Override
    public void applied(List<Stored> events) {
        jdbc.sql("update text_event set applied_at = ?, error = null where id = any(?)")
                .params(
                        Times.sql(clock.instant()),
                        events.stream().map(stored -> stored.event().id()).toArray(Long[]::new))
                .update();
    }

    @Override
    public int tries(Stored stored) {
        return stored.tries();
    }

    @Override
    public void failed(Stored stored, Instant next, String error) {
        jdbc.sql("""
                        update text_event set tries = tries + 1, next_try_at = ?, error = ?
                        where id = ? and applied_at is null
                        """).params(Times.sql(next), error, stored.event().id()).update();
    }

    @Override
    public boolean anyDue(Instant now) {
        return jdbc.sql("select exists (select 1 from text_event e where " + DUE + ")")
                .param(Times.sql(now))
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return jdbc.sql("select min(e.next_try_at) as next from text_event e where " + OLDEST
                        + " and e.next_try_at > ?")
                .param(Times.sql(now))
                .query((row, number) -> Optional.ofNullable(Times.read(row, "next")))
                .single();
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        String refusal = row.getString("refusal");
        UUID stepRun = row.getObject("step_run", UUID.class);
        TextEvent event = new TextEvent(
                row.getLong("id"),
                new TextMessageId(row.getObject("text_message", UUID.class)),
                stepRun == null ? null : new StepRunId(stepRun),
                new EnrollmentId(row.getObject("enrollment", UUID.class)),
                row.getString("step_id"),
                new RecordId(row.getObject("record", UUID.class)),
                TextEvent.Kind.valueOf(row.getString("kind")),
                Times.read(row, "at"),
                refusal == null ? null : TextEvent.Refusal.valueOf(refusal),
                row.getString("detail"));
        return new Stored(event, row.getInt("tries"));
    }
}
