package io.upnext.security;

import io.upnext.shared.ForbiddenException;
import io.upnext.shared.Principal;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who does the work of somebody who is away; read from memory, as users are. */
@Component
public class StandIns {

    private final DirectoryRows directory;
    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;

    StandIns(DirectoryRows directory, JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.directory = directory;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param until null: until somebody ends it */
    public record StandIn(UserId away, Principal instead, Instant until, UserId by, Instant since) {

        boolean inForce(Instant now) {
            return until == null || until.isAfter(now);
        }
    }

    /**
     * Who works what would go to somebody: who stands in for whom stands in is asked in turn, and where that leads in a
     * circle everybody in it is away, so that it stays where it was.
     */
    public Principal insteadOf(Principal wanted) {
        return insteadOf(wanted, clock.instant());
    }

    /** The same at another moment, as far as it is known now. */
    public Principal insteadOf(Principal wanted, Instant at) {
        Set<Principal> seen = new HashSet<>();
        Principal one = wanted;
        while (seen.add(one)) {
            Optional<StandIn> standIn = of(one, at);
            if (standIn.isEmpty()) {
                return one;
            }
            one = standIn.get().instead();
        }
        return wanted;
    }

    private Optional<StandIn> of(Principal somebody, Instant now) {
        return somebody.isUser() ? find(new UserId(somebody.id()), now) : Optional.empty();
    }

    public Optional<StandIn> find(UserId away) {
        return find(away, clock.instant());
    }

    private Optional<StandIn> find(UserId away, Instant now) {
        return Optional.ofNullable(directory.current().standIns.get(away)).filter(found -> found.inForce(now));
    }

    /** Those in force of people whose work the user manages, and the user's own. */
    public List<StandIn> managedBy(CurrentUser user) {
        Instant now = clock.instant();
        return directory.current().standIns.values().stream()
                .filter(found -> found.inForce(now) && mayManage(user, found.away()))
                .toList();
    }

    /** Everybody for oneself; for others who manages the work of their unit. */
    public boolean mayManage(CurrentUser user, UserId away) {
        return user.id().equals(away)
                || user.may(Right.ADMINISTER)
                || (user.may(Right.MANAGE_TEAM_WORK)
                        && Optional.ofNullable(directory.current().logins.get(away))
                                .filter(found -> user.sees(found.user().unit()))
                                .isPresent());
    }

    /** @throws ForbiddenException where it is not the user's to say */
    public void requireManage(CurrentUser user, UserId away) {
        if (!mayManage(user, away)) {
            throw new ForbiddenException(
                    "Work is handed over by whose it is, or by who manages the work of their unit.");
        }
    }

    /** Takes the place of one there may be. @param until null: until somebody ends it */
    @Transactional
    public void set(CurrentUser by, UserId away, Principal instead, Instant until) {
        requireManage(by, away);
        StandIn before = find(away).orElse(null);
        StandIn after = new StandIn(away, instead, until, by.id(), clock.instant());
        jdbc.sql("""
                        insert into stand_in (away, instead_kind, instead_id, until, created_by, created_at)
                        values (:away, :kind, :instead, :until, :by, :at)
                        on conflict (away) do update set instead_kind = excluded.instead_kind,
                            instead_id = excluded.instead_id, until = excluded.until,
                            created_by = excluded.created_by, created_at = excluded.created_at
                        """)
                .param("away", away.value())
                .param("kind", instead.kind().name())
                .param("instead", instead.id())
                .param(
                        "until",
                        until == null ? null : until.atOffset(ZoneOffset.UTC),
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("by", by.id().value())
                .param("at", after.since().atOffset(ZoneOffset.UTC))
                .update();
        audit.add(by.actor(), "stand-in.set", "user:" + away, before, after);
        directory.changed();
    }

    /** They are back. Doing so again changes nothing. */
    @Transactional
    public void end(CurrentUser by, UserId away) {
        requireManage(by, away);
        StandIn before = find(away).orElse(null);
        int ended = jdbc.sql("delete from stand_in where away = ?")
                .param(away.value())
                .update();
        if (ended > 0) {
            audit.add(by.actor(), "stand-in.end", "user:" + away, before, null);
            directory.changed();
        }
    }
}
