package io.upnext.messaging.event;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Times;
import io.upnext.operation.Workers;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of what happened to mails: stored first, applied after ({@link EventApplier}). */
@Component
public class MailEvents extends StoredRows<MailEvents.Stored> {

    private final Workers workers;

    MailEvents(JdbcClient jdbc, Workers workers, Clock clock) {
        super(
                jdbc,
                clock,
                "mail_event",
                "select e.*, m.subject from mail_event e left join mail m on m.id = e.mail",
                oldestOfEnrollment("mail_event"));
        this.workers = workers;
    }

    /**
     * Something that happened now to a stored mail.
     *
     * @param source what caused it (a received mail, a link); the same cause is stored once and then only counted. Null:
     *     always stored
     * @param snippet the beginning of a reply's text, or null
     */
    public record Happened(
            MailId mail,
            MailEvent.Kind kind,
            boolean human,
            MailEvent.Refusal refusal,
            String detail,
            String snippet,
            String source,
            LocalDate backOn) {

        public static Happened to(MailId mail, MailEvent.Kind kind) {
            return new Happened(mail, kind, true, null, null, null, null, null);
        }

        public Happened detail(String sentence) {
            return new Happened(mail, kind, human, refusal, sentence, snippet, source, backOn);
        }

        public Happened refusal(MailEvent.Refusal why) {
            return new Happened(mail, kind, human, why, detail, snippet, source, backOn);
        }

        public Happened human(boolean byHuman) {
            return new Happened(mail, kind, byHuman, refusal, detail, snippet, source, backOn);
        }

        public Happened snippet(String text) {
            return new Happened(mail, kind, human, refusal, detail, text, source, backOn);
        }

        public Happened source(String cause) {
            return new Happened(mail, kind, human, refusal, detail, snippet, cause, backOn);
        }

        public Happened backOn(LocalDate day) {
            return new Happened(mail, kind, human, refusal, detail, snippet, source, day);
        }
    }

    /** Stores an event in the caller's transaction and wakes the applier after it. */
    public void add(Happened happened) {
        jdbc.sql("""
                        insert into mail_event (mail, step_run, enrollment, step_id, record, kind, at, human, refusal,
                            detail, snippet, source, back_on, next_try_at)
                        select id, step_run, enrollment, step_id, record, :kind, :now, :human, :refusal,
                            :detail, :snippet, :source, :backOn, :now
                        from mail where id = :mail
                        on conflict (mail, kind, source) where source is not null
                            do update set times = mail_event.times + 1
                        """)
                .param("mail", happened.mail().value())
                .param("kind", happened.kind().name())
                .param("now", Times.sql(clock.instant()))
                .param("human", happened.human())
                .param(
                        "refusal",
                        happened.refusal() == null ? null : happened.refusal().name())
                .param("detail", happened.detail())
                .param("snippet", happened.snippet())
                .param("source", happened.source())
                .param("backOn", happened.backOn())
                .update();
        workers.wake(URGENT.contains(happened.kind()) ? UrgentEventApplier.NAME : EventApplier.NAME);
    }

    /** For events that others stored together with their cause. */
    public void wake() {
        workers.wake(EventApplier.NAME);
    }

    /** An event with what only the timeline needs. */
    public record Stored(MailEvent event, String subject, String snippet, int tries) implements Row {

        @Override
        public long id() {
            return event.id();
        }
    }

    /**
     * Locks the oldest unapplied event of each of up to {@code limit} enrollments; what others hold is passed over, so
     * that two events of one enrollment are never applied side by side. Enrollments that somebody wants to be left alone
     * come first.
     */
    @Override
    public List<Stored> lockDue(int limit, Instant now) {
        List<Stored> urgent = lockUrgent(limit, now);
        // Not filled up with others: what is urgent would be committed only together with them.
        return urgent.isEmpty() ? super.lockDue(limit, now) : urgent;
    }

    /** Only the enrollments that somebody wants to be left alone. */
    List<Stored> lockUrgent(int limit, Instant now) {
        return lockDue(OLDEST_OF_URGENT, limit, now);
    }

    boolean anyUrgent(Instant now) {
        return anyDue(OLDEST_OF_URGENT, now);
    }

    /** As in the index {@code mail_event_urgent}. */
    private static final Set<MailEvent.Kind> URGENT = EnumSet.of(
            MailEvent.Kind.REPLIED,
            MailEvent.Kind.UNSUBSCRIBED,
            MailEvent.Kind.COMPLAINED,
            MailEvent.Kind.BOUNCED_HARD);

    /**
     * The oldest of every enrollment in which something urgent waits (index {@code mail_event_urgent}): not the urgent
     * event itself, which must not overtake what happened before (a reply before "sent" would find a step that still waits
     * for its mail). So the enrollment is taken before others, one event a turn, until the urgent one is applied; and one
     * whose oldest event has failed waits with it, as ever. Urgent events are few, so the others are not starved.
     */
    private static final String OLDEST_OF_URGENT = """
            e.applied_at is null and e.id in (
                select (select min(oldest.id) from mail_event oldest
                    where oldest.enrollment = urgent.enrollment and oldest.applied_at is null)
                from mail_event urgent
                where urgent.applied_at is null
                    and urgent.kind in ('REPLIED', 'UNSUBSCRIBED', 'COMPLAINED', 'BOUNCED_HARD'))
            """;

    @Override
    protected Stored read(ResultSet row, int number) throws SQLException {
        String refusal = row.getString("refusal");
        UUID stepRun = row.getObject("step_run", UUID.class);
        MailEvent event = new MailEvent(
                row.getLong("id"),
                new MailId(row.getObject("mail", UUID.class)),
                stepRun == null ? null : new StepRunId(stepRun),
                new EnrollmentId(row.getObject("enrollment", UUID.class)),
                row.getString("step_id"),
                new RecordId(row.getObject("record", UUID.class)),
                MailEvent.Kind.valueOf(row.getString("kind")),
                Times.read(row, "at"),
                row.getBoolean("human"),
                refusal == null ? null : MailEvent.Refusal.valueOf(refusal),
                row.getString("detail"),
                row.getObject("back_on", LocalDate.class));
        return new Stored(event, row.getString("subject"), row.getString("snippet"), row.getInt("tries"));
    }
}
