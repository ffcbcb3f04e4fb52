package io.upnext.messaging.texting;

import io.upnext.messaging.TextEvent;
import io.upnext.messaging.Times;
import io.upnext.messaging.event.StoredRows;
import io.upnext.operation.Workers;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.TextMessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of what happened to texts: stored first, applied after ({@link TextEventApplier}). */
@Component
class TextEvents extends StoredRows<TextEvents.Stored> {

    private final Workers workers;

    TextEvents(JdbcClient jdbc, Workers workers, Clock clock) {
        super(jdbc, clock, "text_event", "select * from text_event e", oldestOfEnrollment("text_event"));
        this.workers = workers;
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

    record Stored(TextEvent event, int tries) implements Row {

        @Override
        public long id() {
            return event.id();
        }
    }

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

    @Override
    protected Stored read(ResultSet row, int number) throws SQLException {
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
