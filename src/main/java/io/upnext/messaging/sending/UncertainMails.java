package io.upnext.messaging.sending;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Times;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.operation.Workers;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Mails of which nobody knows whether they arrived: a person decides, or an answer proves it. */
@Component
public class UncertainMails {

    /**
     * {@code SENT}: it arrived, go on. {@code RESEND}: it did not, send it again. {@code GIVE_UP}: go on as if it had not
     * been sent.
     */
    public enum Decision {
        SENT,
        RESEND,
        GIVE_UP
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Uncertain(
            MailId id,
            EnrollmentId enrollment,
            String step,
            RecordId record,
            String to,
            String subject,
            Instant at,
            String cause,
            String messageId) {}

    private final JdbcClient jdbc;
    private final MailEvents events;
    private final AuditLog audit;
    private final Workers workers;
    private final Clock clock;

    UncertainMails(JdbcClient jdbc, MailEvents events, AuditLog audit, Workers workers, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.audit = audit;
        this.workers = workers;
        this.clock = clock;
    }

    /** The claim's time is real time; what people see goes by the product's clock. */
    private static final String ROW = "select m.*, coalesce((select max(e.at) from mail_event e where e.mail = m.id"
            + " and e.kind = 'UNCERTAIN'), m.claimed_at) as uncertain_at";

    private static final String FROM = " from mail m left join mailbox b on b.id = m.mailbox"
            + " where m.state = 'UNCERTAIN' and (:all or b.owner = :user)";

    /** All for who solves incidents, else those of the own mailboxes. */
    public Paged<Uncertain> list(CurrentUser user, PageQuery page) {
        List<Uncertain> items = asked(ROW + FROM + " order by m.claimed_at desc, m.id limit :size offset :offset", user)
                .param("size", page.size())
                .param("offset", page.offset())
                .query(UncertainMails::uncertain)
                .list();
        long total = asked("select count(*)" + FROM, user).query(Long.class).single();
        return Paged.of(items, page, total);
    }

    public Uncertain get(CurrentUser user, MailId id) {
        return asked(ROW + FROM + " and m.id = :id", user)
                .param("id", id.value())
                .query(UncertainMails::uncertain)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no uncertain mail '" + id + "' that you may see."));
    }

    private JdbcClient.StatementSpec asked(String sql, CurrentUser user) {
        return jdbc.sql(sql)
                .param("all", user.may(Right.SOLVE_INCIDENTS))
                .param("user", user.id().value());
    }

    /**
     * @throws NotFoundException where there is no such mail, {@link ConflictException} where it was decided meanwhile
     */
    @Transactional
    public void decide(CurrentUser user, MailId id, Decision decision) {
        Uncertain mail = get(user, id);
        boolean decided =
                switch (decision) {
                    case SENT -> markSent(id);
                    case RESEND -> requeue(id);
                    case GIVE_UP -> giveUp(id);
                };
        if (!decided) {
            throw new ConflictException("Somebody else has decided about this mail meanwhile.");
        }
        audit.add(user.actor(), "mail.decide", "mail:" + id, mail, decision);
    }

    /** Somebody answered it. */
    @Transactional
    public void provedSent(MailId id) {
        markSent(id);
    }

    private boolean markSent(MailId id) {
        boolean marked = jdbc.sql(
                                "update mail set state = 'SENT', sent_at = ?, error = null where id = ? and state = 'UNCERTAIN'")
                        .params(Times.sql(clock.instant()), id.value())
                        .update()
                > 0;
        if (marked) {
            events.add(Happened.to(id, MailEvent.Kind.SENT));
        }
        return marked;
    }

    private boolean giveUp(MailId id) {
        boolean given = jdbc.sql("update mail set state = 'CANCELLED' where id = ? and state = 'UNCERTAIN'")
                        .param(id.value())
                        .update()
                > 0;
        if (given) {
            events.add(Happened.to(id, MailEvent.Kind.REFUSED).refusal(MailEvent.Refusal.GIVEN_UP));
        }
        return given;
    }

    /** With its old Message-ID: should both arrive, many servers show only one, and answers to either are found. */
    private boolean requeue(MailId id) {
        boolean requeued =
                jdbc.sql("""
                        update mail set state = 'QUEUED', claimed_by = null, claimed_at = null, next_attempt_at = ?, error = null
                        where id = ? and state = 'UNCERTAIN'
                        """).params(Times.sql(clock.instant()), id.value()).update() > 0;
        workers.wake(Dispatcher.NAME);
        return requeued;
    }

    private static Uncertain uncertain(ResultSet row, int number) throws SQLException {
        return new Uncertain(
                new MailId(row.getObject("id", UUID.class)),
                new EnrollmentId(row.getObject("enrollment", UUID.class)),
                row.getString("step_id"),
                new RecordId(row.getObject("record", UUID.class)),
                row.getString("to_address"),
                row.getString("subject"),
                Times.read(row, "uncertain_at"),
                row.getString("error"),
                row.getString("message_id"));
    }
}
