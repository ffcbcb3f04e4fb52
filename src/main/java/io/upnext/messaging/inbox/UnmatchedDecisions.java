package io.upnext.messaging.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Suppressions;
import io.upnext.messaging.Times;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.messaging.inspection.MailInspection;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.InvalidException;
import io.upnext.shared.MailId;
import io.upnext.shared.NotFoundException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a person decides about a received mail that the product could not understand: it belongs to a mail of ours, or to
 * none. For the owner of the mailbox it came to, and for who manages mailboxes.
 */
@Component
public class UnmatchedDecisions {

    private static final int SNIPPET = 300;
    private static final int MOST_REPORTED = 20;

    private final JdbcClient jdbc;
    private final MailEvents events;
    private final Suppressions suppressions;
    private final AuditLog audit;

    UnmatchedDecisions(JdbcClient jdbc, MailEvents events, Suppressions suppressions, AuditLog audit) {
        this.jdbc = jdbc;
        this.events = events;
        this.suppressions = suppressions;
        this.audit = audit;
    }

    /** What a received mail is taken for. */
    public enum As {
        REPLY(MailEvent.Kind.REPLIED),
        AUTO_REPLY(MailEvent.Kind.AUTO_REPLIED),
        BOUNCE(MailEvent.Kind.BOUNCED_HARD);

        private final MailEvent.Kind kind;

        As(MailEvent.Kind kind) {
            this.kind = kind;
        }
    }

    /**
     * @param kind what the product took it for
     * @param why what could not be understood
     * @param text without markup
     * @param reported of a report: about whom, and what the server said; at most 20
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Kept(
            UUID id,
            String mailbox,
            Instant at,
            String from,
            String subject,
            String kind,
            String why,
            FoldedText text,
            List<String> reported) {}

    /** A mail of ours it may belong to. */
    public record Candidate(MailId id, EnrollmentId enrollment, String to, String subject, Instant sentAt) {}

    private record Row(Kept kept, UUID mailbox, byte[] fingerprint) {}

    public Kept get(CurrentUser user, UUID id) {
        return row(user, id).kept();
    }

    private Row row(CurrentUser user, UUID id) {
        return jdbc.sql("""
                        select i.*, b.address from inbound_mail i join mailbox b on b.id = i.mailbox
                        where i.id = :id and i.state = 'KEPT' and (:all or b.owner = :user)
                        """)
                .param("id", id)
                .param("all", user.may(Right.MANAGE_MAILBOXES))
                .param("user", user.id().value())
                .query(UnmatchedDecisions::row)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no unmatched mail '" + id + "' that you may see."));
    }

    /** Mails that left through the mailbox it came to, the newest first. @param search part of address or subject */
    public List<Candidate> candidates(CurrentUser user, UUID id, String search) {
        Row row = row(user, id);
        String wanted = search == null ? "" : search.strip().toLowerCase(Locale.ROOT);
        return jdbc.sql("""
                        select id, enrollment, to_address, subject, sent_at from mail
                        where mailbox = ? and state in ('SENT', 'UNCERTAIN')
                            and position(? in lower(coalesce(to_address, '') || ' ' || coalesce(subject, ''))) > 0
                        order by sent_at desc nulls last, id limit 20
                        """)
                .params(row.mailbox(), wanted)
                .query(UnmatchedDecisions::candidate)
                .list();
    }

    /**
     * It belongs to this mail, or to the newest one of this enrollment.
     *
     * @param as null: a bounce where it looked like one, else a reply
     */
    @Transactional
    public void assign(CurrentUser user, UUID id, MailId mail, EnrollmentId enrollment, As as) {
        Row row = row(user, id);
        Candidate target = target(user, row, mail, enrollment);
        As meant = as != null ? as : "BOUNCE".equals(row.kept().kind()) ? As.BOUNCE : As.REPLY;
        String snippet = snippet(row.kept().text().own());
        finish(id, meant.name(), target.id(), snippet);
        events.add(Happened.to(target.id(), meant.kind)
                .detail(row.kept().subject())
                .snippet(snippet)
                .source("inbound:" + HexFormat.of().formatHex(row.fingerprint())));
        if (meant == As.BOUNCE && target.to() != null) {
            suppressions.add(
                    target.to(), Suppressions.Reason.BOUNCED, row.kept().subject(), user.actor());
        }
        audit.add(
                user.actor(),
                "unmatched.assign",
                "inbound:" + id,
                null,
                Map.of("mail", target.id().toString(), "as", meant.name()));
    }

    /** It concerns nobody: its text is no longer kept. */
    @Transactional
    public void dismiss(CurrentUser user, UUID id) {
        Kept kept = get(user, id);
        finish(id, "UNRELATED", null, null);
        audit.add(user.actor(), "unmatched.dismiss", "inbound:" + id, Map.of("subject", shown(kept.subject())), null);
    }

    /** @param mail null where it belongs to none: then its text goes */
    private void finish(UUID id, String as, MailId mail, String snippet) {
        boolean done = jdbc.sql("""
                        update inbound_mail set state = 'APPLIED', class = ?, mail = ?, matched_by = ?, error = null, snippet = ?,
                            raw = case when ? then null else raw end
                        where id = ? and state = 'KEPT'
                        """)
                        .params(
                                as,
                                mail == null ? null : mail.value(),
                                mail == null ? null : "PERSON",
                                snippet,
                                mail == null,
                                id)
                        .update()
                > 0;
        if (!done) {
            throw new ConflictException("Somebody else has decided about this mail meanwhile.");
        }
    }

    private Candidate target(CurrentUser user, Row row, MailId mail, EnrollmentId enrollment) {
        if ((mail == null) == (enrollment == null)) {
            throw new InvalidException("Give either 'mail' or 'enrollment': what the received mail belongs to.");
        }
        return jdbc.sql("""
                        select id, enrollment, to_address, subject, sent_at from mail
                        where (id = :mail or enrollment = :enrollment) and state in ('SENT', 'UNCERTAIN')
                            and (:all or mailbox = :mailbox)
                        order by sent_at desc nulls last limit 1
                        """)
                .param("mail", mail == null ? null : mail.value())
                .param("enrollment", enrollment == null ? null : enrollment.value())
                .param("all", user.may(Right.MANAGE_MAILBOXES))
                .param("mailbox", row.mailbox())
                .query(UnmatchedDecisions::candidate)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no such mail that was sent through this mailbox."));
    }

    private static String snippet(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= SNIPPET ? line : line.substring(0, SNIPPET) + "…";
    }

    private static String shown(String text) {
        return text == null ? "" : text;
    }

    private static List<String> reported(byte[] raw, Instant at) {
        return raw == null
                ? List.of()
                : MailInspection.inspect(raw, at, ZoneOffset.UTC).recipients().stream()
                        .limit(MOST_REPORTED)
                        .map(about -> (about.address() + " " + about.sentence()).strip())
                        .toList();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        byte[] raw = row.getBytes("raw");
        Instant at = Times.read(row, "received_at");
        Kept kept = new Kept(
                row.getObject("id", UUID.class),
                row.getString("address"),
                at,
                row.getString("from_address"),
                row.getString("subject"),
                row.getString("class"),
                row.getString("error"),
                FoldedText.of(ReceivedMessage.read(raw).text()),
                reported(raw, at));
        return new Row(kept, row.getObject("mailbox", UUID.class), row.getBytes("fingerprint"));
    }

    private static Candidate candidate(ResultSet row, int number) throws SQLException {
        return new Candidate(
                new MailId(row.getObject("id", UUID.class)),
                new EnrollmentId(row.getObject("enrollment", UUID.class)),
                row.getString("to_address"),
                row.getString("subject"),
                Times.read(row, "sent_at"));
    }
}
