package io.upnext.messaging.pacing;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.SequenceWindow;
import io.upnext.messaging.Times;
import io.upnext.messaging.pacing.Taken.Slot;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Mails that wait for a time, and the times they got. A mail's own row is its reservation, so caps are counted and never
 * kept: what is refused, cancelled or gives up no longer counts by its state alone.
 */
@Repository
class PlanRows {

    /** As the partial indexes have it. */
    private static final String COUNTS = " in ('QUEUED', 'CLAIMED', 'SENT', 'BOUNCED', 'UNCERTAIN')";

    private static final String UNPLANNED = "m.state = 'QUEUED' and not m.held and m.unplanned";
    private static final String AGAIN = "unplanned = true, planned_at = null, planned_until = null, slot_day = null,"
            + " organisation_day = null, next_attempt_at = :now";
    private static final String MISSED =
            "m.state = 'QUEUED' and m.planned_until <= :now and not m.held and not m.unplanned"
                    + " and not b.stopped and (b.paused_until is null or b.paused_until <= :now)";

    private final JdbcClient jdbc;
    private final StoredWindows windows;

    PlanRows(JdbcClient jdbc, StoredWindows windows) {
        this.jdbc = jdbc;
        this.windows = windows;
    }

    /** @param to an address of its own where it is an answer, else null */
    record Unplanned(MailId id, RecordId record, String to, Instant notBefore, boolean urgent, SequenceWindow window) {}

    /** The scopes whose places are given out one planner at a time; always locked in the order given here. */
    boolean lock(Mailbox mailbox, Caps.InForce limits, boolean wait) {
        if (limits.organisation() > 0) {
            lock("organisation");
        }
        if (limits.user() > 0) {
            lock("user " + mailbox.owner());
        }
        if (wait) {
            lock("mailbox " + mailbox.id());
            return true;
        }
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 41))")
                .param("mailbox " + mailbox.id())
                .query(Boolean.class)
                .single();
    }

    private void lock(String scope) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 41))::text")
                .param(scope)
                .query(String.class)
                .single();
    }

    List<MailboxId> mailboxesWithUnplanned() {
        return jdbc
                .sql("select b.id from mailbox b where not b.stopped and exists (select 1 from mail m where "
                        + UNPLANNED + " and m.mailbox = b.id)")
                .query(UUID.class)
                .list()
                .stream()
                .map(MailboxId::new)
                .toList();
    }

    boolean hasWork(Instant now) {
        return jdbc.sql(
                        "select exists (select 1 from mailbox b where not b.stopped and exists (select 1 from mail m where "
                                + UNPLANNED + " and m.mailbox = b.id))"
                                + " or exists (select 1 from mail m join mailbox b on b.id = m.mailbox where " + MISSED
                                + ")")
                .param("now", Times.sql(now))
                .query(Boolean.class)
                .single();
    }

    List<Unplanned> lockUnplanned(MailboxId mailbox, int limit) {
        return jdbc.sql("select * from mail m where m.mailbox = ? and " + UNPLANNED
                        + " order by m.next_attempt_at, m.id limit ? for update skip locked")
                .params(mailbox.value(), limit)
                .query((row, number) -> new Unplanned(
                        new MailId(row.getObject("id", UUID.class)),
                        new RecordId(row.getObject("record", UUID.class)),
                        row.getString("asked_to"),
                        Times.read(row, "next_attempt_at"),
                        row.getBoolean("urgent"),
                        windows.read(row.getString("send_window"))))
                .list();
    }

    /** Gives mails their places; one without a place is due at once and will be refused. */
    void plan(Map<MailId, Optional<Slot>> slots) {
        List<Map.Entry<MailId, Optional<Slot>>> all = List.copyOf(slots.entrySet());
        jdbc.sql("""
                        update mail m set unplanned = false, planned_at = p.at, planned_until = p.until, slot_day = p.day,
                            organisation_day = p.organisation_day, next_attempt_at = coalesce(p.at, m.next_attempt_at)
                        from unnest(?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::date[], ?::date[])
                            as p (id, at, until, day, organisation_day)
                        where m.id = p.id
                        """)
                .params(
                        all.stream().map(one -> one.getKey().value()).toArray(UUID[]::new),
                        column(all, Slot::at),
                        column(all, Slot::until),
                        column(all, Slot::day),
                        column(all, Slot::organisationDay))
                .update();
    }

    private static String[] column(List<Map.Entry<MailId, Optional<Slot>>> all, Function<Slot, Object> value) {
        return all.stream()
                .map(one -> one.getValue().map(value).map(Object::toString).orElse(null))
                .toArray(String[]::new);
    }

    /** No place within the horizon: looked at again later. */
    void putOff(Collection<MailId> mails, Instant until) {
        jdbc.sql("update mail set held = true, next_attempt_at = ?, error = ? where id = any(?)")
                .params(
                        Times.sql(until),
                        "No window and cap leave room within a year; it is looked at again tomorrow.",
                        mails.stream().map(MailId::value).toArray(UUID[]::new))
                .update();
    }

    /** Whose opening or day has passed without their turn: they are planned anew. */
    int replanMissed(Instant now, int limit) {
        return jdbc.sql("update mail set " + AGAIN
                        + " where id in (select m.id from mail m join mailbox b on b.id = m.mailbox" + " where "
                        + MISSED + " limit :limit for update of m skip locked)")
                .param("now", Times.sql(now))
                .param("limit", limit)
                .update();
    }

    /** The limits have changed. @param mailbox null: of all */
    void replan(MailboxId mailbox, Instant now) {
        jdbc.sql("update mail set " + AGAIN
                        + " where id in (select id from mail where state = 'QUEUED' and planned_at is not null"
                        + " and (:mailbox::uuid is null or mailbox = :mailbox) order by id for update)")
                .param("now", Times.sql(now))
                .param("mailbox", mailbox == null ? null : mailbox.value())
                .update();
    }

    /** Remembers the caps; true where they were others. */
    boolean newBasis(int organisation, int user) {
        return jdbc.sql("""
                        update mail_plan_basis set organisation_cap = :organisation, user_cap = :user
                        where organisation_cap <> :organisation or user_cap <> :user
                        """)
                        .param("organisation", organisation)
                        .param("user", user)
                        .update()
                > 0;
    }

    Taken taken(Mailbox mailbox, Caps.InForce limits, Instant now, LocalDate day, LocalDate organisationDay) {
        Taken taken = new Taken(new HashMap<>(), new HashMap<>(), new HashMap<>(), new TreeSet<>());
        UUID[] counted = limits.user() > 0
                ? mailboxesOf(mailbox.owner())
                : new UUID[] {mailbox.id().value()};
        jdbc.sql("select mailbox, slot_day, count(*) from mail where mailbox = any(?) and slot_day >= ? and state"
                        + COUNTS + " group by mailbox, slot_day")
                .params(counted, day)
                .query(row -> {
                    LocalDate on = row.getObject(2, LocalDate.class);
                    taken.user().merge(on, row.getInt(3), Integer::sum);
                    if (row.getObject(1, UUID.class).equals(mailbox.id().value())) {
                        taken.mailbox().put(on, row.getInt(3));
                    }
                });
        if (limits.organisation() > 0) {
            jdbc.sql("select organisation_day, count(*) from mail where organisation_day >= ? and state" + COUNTS
                            + " group by organisation_day")
                    .param(organisationDay)
                    .query(row -> {
                        taken.organisation().put(row.getObject(1, LocalDate.class), row.getInt(2));
                    });
        }
        if (limits.gapMillis() > 0) {
            times(mailbox, limits, now, taken);
        }
        return taken;
    }

    private void times(Mailbox mailbox, Caps.InForce limits, Instant now, Taken taken) {
        jdbc.sql("""
                        select planned_at from mail where mailbox = :mailbox and state = 'QUEUED' and planned_at > :from
                        union all select next_at - make_interval(secs => :gap) from mailbox_pace where mailbox = :mailbox
                        """)
                .param("mailbox", mailbox.id().value())
                .param("from", Times.sql(now.minusMillis(limits.gapMillis())))
                .param("gap", limits.gapMillis() / 1000.0)
                .query(row -> {
                    taken.times().add(Times.read(row, "planned_at").toEpochMilli());
                });
    }

    private UUID[] mailboxesOf(UserId owner) {
        return jdbc.sql("select id from mailbox where owner = ?")
                .param(owner.value())
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
    }

    /** A mail of a step run, as far as its time goes. @param slot null where it has none */
    record Waiting(MailId id, MailboxId mailbox, String state, boolean held, Slot slot) {}

    Optional<Waiting> find(StepRunId stepRun) {
        return waiting("", stepRun);
    }

    Optional<Waiting> lock(StepRunId stepRun) {
        return waiting(" for update", stepRun);
    }

    private Optional<Waiting> waiting(String lock, StepRunId stepRun) {
        return jdbc.sql("select * from mail where step_run = ?" + lock)
                .param(stepRun.value())
                .query(PlanRows::waiting)
                .optional();
    }

    private static Waiting waiting(ResultSet row, int number) throws SQLException {
        UUID mailbox = row.getObject("mailbox", UUID.class);
        LocalDate day = row.getObject("slot_day", LocalDate.class);
        return new Waiting(
                new MailId(row.getObject("id", UUID.class)),
                mailbox == null ? null : new MailboxId(mailbox),
                row.getString("state"),
                row.getBoolean("held"),
                day == null ? null : new Slot(null, null, day, row.getObject("organisation_day", LocalDate.class)));
    }

    void sendNow(MailId mail, Slot slot) {
        jdbc.sql("""
                        update mail set urgent = true, unplanned = false, planned_at = :at, planned_until = :until,
                            slot_day = :day, organisation_day = :organisationDay, next_attempt_at = :at
                        where id = :mail
                        """)
                .param("at", Times.sql(slot.at()))
                .param("until", Times.sql(slot.until()))
                .param("day", slot.day())
                .param("organisationDay", slot.organisationDay())
                .param("mail", mail.value())
                .update();
    }

    /** When the mails of these step runs leave, as far as that is known. */
    Map<StepRunId, Instant> planned(Collection<StepRunId> stepRuns) {
        Map<StepRunId, Instant> planned = new HashMap<>();
        jdbc.sql("select step_run, coalesce(planned_at, next_attempt_at) as at from mail where step_run = any(?)"
                        + " and state = 'QUEUED' and not held and not unplanned")
                .param(stepRuns.stream().map(StepRunId::value).toArray(UUID[]::new))
                .query(row -> {
                    planned.put(new StepRunId(row.getObject("step_run", UUID.class)), Times.read(row, "at"));
                });
        return planned;
    }
}
