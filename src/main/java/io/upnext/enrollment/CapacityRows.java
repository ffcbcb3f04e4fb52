package io.upnext.enrollment;

import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code step_to_place}, and the days of {@code step_run}. */
@Repository
class CapacityRows {

    private static final String PLACEABLE = " from step_to_place q left join step_run s on s.id = q.step_run"
            + " where (s.id is null or s.state <> 'OPEN' or not s.paused)";

    private final JdbcClient jdbc;

    CapacityRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A step that waits for its place. @param open does it still, and is it still that seller's? */
    record Waiting(StepRunId step, boolean open, Instant due, String taskId) {}

    record Placed(Waiting step, LocalDate day, Instant due) {}

    void note(StepRun run) {
        jdbc.sql("insert into step_to_place (step_run, assignee) values (?, ?) on conflict do nothing")
                .params(run.id().value(), run.assignee().id())
                .update();
    }

    boolean any() {
        return jdbc.sql("select exists (select 1" + PLACEABLE + ")")
                .query(Boolean.class)
                .single();
    }

    /** Sellers whose steps wait. */
    List<UserId> sellers(int limit) {
        return jdbc
                .sql("select distinct q.assignee" + PLACEABLE + " limit ?")
                .param(limit)
                .query(UUID.class)
                .list()
                .stream()
                .map(UserId::new)
                .toList();
    }

    /** Until the transaction ends nobody else places steps of the seller; false where somebody does right now. */
    boolean lock(UserId seller) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('capacity:' || ?, 0))")
                .param(seller.toString())
                .query(Boolean.class)
                .single();
    }

    /** By due time; steps whose enrollment somebody moves just now are left for the next look. */
    List<Waiting> waiting(UserId seller, int limit) {
        return jdbc.sql("""
                        select s.id, s.state = 'OPEN' and s.assignee_id = q.assignee as open,
                            coalesce(s.due_at, s.entered_at) as due, s.task_id
                        from step_to_place q join step_run s on s.id = q.step_run
                            join enrollment e on e.id = s.enrollment_id
                        where q.assignee = ? and (s.state <> 'OPEN' or not s.paused)
                        order by due, s.entered_at, s.id limit ? for update of e skip locked
                        """)
                .params(seller.value(), limit)
                .query((rs, n) -> new Waiting(
                        new StepRunId(rs.getObject(1, UUID.class)),
                        rs.getBoolean(2),
                        rs.getObject(3, OffsetDateTime.class).toInstant(),
                        rs.getString(4)))
                .list();
    }

    /** What is due on each day from one on: open steps by when they are due, done ones by the place they had. */
    Map<LocalDate, Integer> taken(UserId seller, LocalDate from, ZoneId zone) {
        Map<LocalDate, Integer> taken = new HashMap<>();
        jdbc.sql("""
                        select day, count(*) from (
                            select (s.due_at at time zone :zone)::date as day from step_run s
                            where s.assignee_id = :seller and s.state = 'OPEN' and s.due_at >= :start
                                and not exists (select 1 from step_to_place q where q.step_run = s.id)
                            union all
                            select s.capacity_day from step_run s
                            where s.assignee_id = :seller and s.capacity_day >= :from and s.state = 'DONE') days
                        group by day
                        """)
                .param("zone", zone.getId())
                .param("seller", seller.value())
                .param("start", from.atStartOfDay(zone).toOffsetDateTime())
                .param("from", Date.valueOf(from))
                .query(rs -> {
                    taken.put(rs.getDate(1).toLocalDate(), rs.getInt(2));
                });
        return taken;
    }

    void place(Collection<Placed> placed) {
        jdbc.sql("""
                        update step_run s set capacity_day = p.day, due_at = p.due
                        from unnest(?::uuid[], ?::date[], ?::timestamptz[]) as p (id, day, due) where s.id = p.id
                        """)
                .param(placed.stream().map(p -> p.step().step().value()).toArray(UUID[]::new))
                .param(placed.stream().map(p -> p.day().toString()).toArray(String[]::new))
                .param(placed.stream()
                        .map(p -> p.due().atOffset(ZoneOffset.UTC).toString())
                        .toArray(String[]::new))
                .update();
    }

    void done(Collection<Waiting> steps) {
        jdbc.sql("delete from step_to_place where step_run = any (?::uuid[])")
                .param(steps.stream().map(step -> step.step().value()).toArray(UUID[]::new))
                .update();
    }

    /** Steps that are gone, with the person they were about. */
    void dropGone() {
        jdbc.sql("delete from step_to_place q where not exists (select 1 from step_run s where s.id = q.step_run)")
                .update();
    }
}
