package io.upnext.messaging.texting;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.TextEvent;
import io.upnext.messaging.Times;
import io.upnext.messaging.texting.TextEvents.Happened;
import io.upnext.operation.Workers;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordId;
import io.upnext.shared.TextMessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Texts of which nobody knows whether they were sent: a person decides, or a word of the gateway proves it. */
@Component
public class UncertainTexts {

    private static final String WHICH = " from text_message m where state = 'UNCERTAIN'";

    /** The claim's time is real time; what people see goes by the product's clock. */
    private static final String ROW = "select m.*, coalesce((select max(e.at) from text_event e"
            + " where e.text_message = m.id and e.kind = 'UNCERTAIN'), m.claimed_at) as uncertain_at";

    /**
     * {@code SENT}: it was sent, go on. {@code RESEND}: it was not, send it again. {@code GIVE_UP}: go on as if it had not
     * been sent.
     */
    public enum Decision {
        SENT,
        RESEND,
        GIVE_UP
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Uncertain(
            TextMessageId id,
            EnrollmentId enrollment,
            String step,
            RecordId record,
            String to,
            String text,
            Instant at,
            String cause) {}

    private final JdbcClient jdbc;
    private final SentTexts sentTexts;
    private final TextEvents events;
    private final AuditLog audit;
    private final Workers workers;
    private final Clock clock;

    UncertainTexts(
            JdbcClient jdbc, SentTexts sentTexts, TextEvents events, AuditLog audit, Workers workers, Clock clock) {
        this.jdbc = jdbc;
        this.sentTexts = sentTexts;
        this.events = events;
        this.audit = audit;
        this.workers = workers;
        this.clock = clock;
    }

    /** Newest first. */
    public Paged<Uncertain> list(CurrentUser user, PageQuery page) {
        user.require(Right.SOLVE_INCIDENTS);
        List<Uncertain> items = jdbc.sql(ROW + WHICH + " order by claimed_at desc, id limit ? offset ?")
                .params(page.size(), page.offset())
                .query(UncertainTexts::uncertain)
                .list();
        return Paged.of(
                items,
                page,
                jdbc.sql("select count(*)" + WHICH).query(Long.class).single());
    }

    public Uncertain get(CurrentUser user, TextMessageId id) {
        user.require(Right.SOLVE_INCIDENTS);
        return jdbc.sql(ROW + WHICH + " and id = ?")
                .param(id.value())
                .query(UncertainTexts::uncertain)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no uncertain text '" + id + "'."));
    }

    /**
     * @throws NotFoundException where there is no such text, {@link ConflictException} where it was decided meanwhile
     */
    @Transactional
    public void decide(CurrentUser user, TextMessageId id, Decision decision) {
        Uncertain text = get(user, id);
        boolean decided =
                switch (decision) {
                    case SENT -> sentTexts.proved(id);
                    case RESEND -> requeue(id);
                    case GIVE_UP -> giveUp(id);
                };
        if (!decided) {
            throw new ConflictException("Somebody else has decided about this text meanwhile.");
        }
        audit.add(user.actor(), "text.decide", "text:" + id, text, decision);
    }

    private boolean giveUp(TextMessageId id) {
        boolean given = jdbc.sql("update text_message set state = 'CANCELLED' where id = ? and state = 'UNCERTAIN'")
                        .param(id.value())
                        .update()
                > 0;
        if (given) {
            events.add(Happened.to(id, TextEvent.Kind.REFUSED).refusal(TextEvent.Refusal.GIVEN_UP));
        }
        return given;
    }

    private boolean requeue(TextMessageId id) {
        workers.wake(TextDispatcher.NAME);
        return jdbc.sql("""
                        update text_message set state = 'QUEUED', claimed_by = null, claimed_at = null,
                            next_attempt_at = ?, error = null
                        where id = ? and state = 'UNCERTAIN'
                        """).params(Times.sql(clock.instant()), id.value()).update() > 0;
    }

    private static Uncertain uncertain(ResultSet row, int number) throws SQLException {
        return new Uncertain(
                new TextMessageId(row.getObject("id", UUID.class)),
                new EnrollmentId(row.getObject("enrollment", UUID.class)),
                row.getString("step_id"),
                new RecordId(row.getObject("record", UUID.class)),
                row.getString("to_number"),
                row.getString("text"),
                Times.read(row, "uncertain_at"),
                row.getString("error"));
    }
}
