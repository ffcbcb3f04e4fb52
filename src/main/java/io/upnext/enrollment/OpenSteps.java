package io.upnext.enrollment;

import static io.upnext.enrollment.EnrollmentRows.utc;

import io.upnext.security.CurrentUser;
import io.upnext.security.Settings;
import io.upnext.sequence.Step;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.TeamId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The open steps of one person, the own ones and those of the own teams, for the work list: two statements a page,
 * however many there are. Reads the records' table for order and type only, since a page is cut by both.
 */
@Repository
public class OpenSteps {

    private static final String SCORE =
            "case when jsonb_typeof(r.fields -> 'score') = 'number'" + " then (r.fields ->> 'score')::numeric end";

    private static final Map<String, String> SORTS = new TreeMap<>(Map.of(
            "dueAt", "s.due_at",
            "enteredAt", "s.entered_at",
            "score", SCORE,
            "step", "lower(s.step_name)",
            "type", "s.step_type",
            "record", "lower(r.name)"));

    private final JdbcClient jdbc;
    private final Settings settings;
    private final Clock clock;

    OpenSteps(JdbcClient jdbc, Settings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** How many steps are due, for the tabs of the list; {@code types} and {@code sequences} count what is due today. */
    public record Counts(
            long today, long overdue, long later, Map<Step.Type, Long> types, Map<SequenceId, Long> sequences) {}

    /**
     * By due time, then the record's score (highest first) unless sorted otherwise.
     *
     * @throws InvalidException where the sort is unknown
     */
    public Paged<StepRun> page(CurrentUser user, WorkListQuery query, PageQuery page) {
        Where where = where(user, query);
        String from = " from step_run s left join crm_record r on r.id = s.record_id where " + where.sql;
        List<Object> parameters = new ArrayList<>(where.parameters);
        long total = jdbc.sql("select count(*)" + from)
                .params(parameters)
                .query(Long.class)
                .single();
        parameters.add(page.size());
        parameters.add(page.offset());
        List<StepRun> runs = jdbc.sql("select s.*" + from + " order by " + order(page) + " limit ? offset ?")
                .params(parameters)
                .query(StepRunRows::row)
                .list();
        return Paged.of(runs, page, total);
    }

    /** Everything the query finds, by due time. */
    public List<StepRunId> ids(CurrentUser user, WorkListQuery query) {
        Where where = where(user, query);
        return jdbc
                .sql("select s.id from step_run s left join crm_record r on r.id = s.record_id where " + where.sql
                        + " order by s.due_at nulls last, s.id")
                .params(where.parameters)
                .query(UUID.class)
                .list()
                .stream()
                .map(StepRunId::new)
                .toList();
    }

    public Counts counts(CurrentUser user) {
        Day day = day(user);
        Tally tally = new Tally();
        jdbc.sql("""
                        select step_type, sequence_id,
                            count(*) filter (where due_at < ? and not put_off) as today,
                            count(*) filter (where due_at < ? and not put_off) as overdue,
                            count(*) filter (where due_at >= ? or put_off) as later
                        from (select step_type, sequence_id, coalesce(due_at, entered_at) as due_at,
                                  coalesce(snoozed_until > ?, false) as put_off
                              from step_run where state = 'OPEN' and not paused and assignee_id = any (?::uuid[])) s
                        group by step_type, sequence_id
                        """)
                .params(utc(day.end), utc(day.start), utc(day.end), utc(day.now), who(user))
                .query(rs -> {
                    tally.add(
                            Step.Type.valueOf(rs.getString(1)),
                            new SequenceId(rs.getObject(2, UUID.class)),
                            rs.getLong(3),
                            rs.getLong(4),
                            rs.getLong(5));
                });
        return new Counts(tally.today, tally.overdue, tally.later, tally.types, tally.sequences);
    }

    private Where where(CurrentUser user, WorkListQuery query) {
        Day day = day(user);
        Where where =
                new Where("s.state = 'OPEN' and not s.paused and s.assignee_id = any (?::uuid[])", (Object) who(user));
        String putOff = "coalesce(s.snoozed_until > ?, false)";
        switch (query.due()) {
            case TODAY -> where.and("s.due_at < ? and not " + putOff, utc(day.end), utc(day.now));
            case OVERDUE -> where.and("s.due_at < ? and not " + putOff, utc(day.start), utc(day.now));
            case LATER -> where.and("(s.due_at >= ? or " + putOff + ")", utc(day.end), utc(day.now));
            case ALL -> where.and("true");
        }
        if (query.snoozed() != null) {
            where.and((query.snoozed() ? "" : "not ") + putOff, utc(day.now));
        }
        if (query.type() != null) {
            where.and("s.step_type = ?", query.type().name());
        }
        if (query.sequence() != null) {
            where.and("s.sequence_id = ?", query.sequence().value());
        }
        if (query.recordType() != null) {
            where.and("r.type = ?", query.recordType().name());
        }
        return where;
    }

    private static String order(PageQuery page) {
        Map<String, String> by = new LinkedHashMap<>();
        for (PageQuery.Sort sort : page.sort()) {
            String column = SORTS.get(sort.property());
            if (column == null) {
                throw new InvalidException("The work list cannot be sorted by '" + sort.property() + "'; take one of "
                        + String.join(", ", SORTS.keySet()) + ".");
            }
            by.putIfAbsent(column, sort.ascending() ? " asc nulls last" : " desc nulls last");
        }
        if (by.isEmpty()) {
            by.put("s.due_at", " asc nulls last");
            by.put(SCORE, " desc nulls last");
        }
        return by.entrySet().stream()
                        .map(sort -> sort.getKey() + sort.getValue())
                        .collect(Collectors.joining(", ")) + ", s.id";
    }

    private Day day(CurrentUser user) {
        ZoneId zone = zone(user);
        Instant now = clock.instant();
        LocalDate today = now.atZone(zone).toLocalDate();
        return new Day(
                now,
                today.atStartOfDay(zone).toInstant(),
                today.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /** The user's own zone, else the organisation's. */
    public ZoneId zone(CurrentUser user) {
        return user.timeZone() == null || user.timeZone().isBlank() ? settings.timeZone() : ZoneId.of(user.timeZone());
    }

    private static UUID[] who(CurrentUser user) {
        return Stream.concat(Stream.of(user.id().value()), user.teams().stream().map(TeamId::value))
                .toArray(UUID[]::new);
    }

    private record Day(Instant now, Instant start, Instant end) {}

    private static final class Where {
        private String sql;
        private final List<Object> parameters = new ArrayList<>();

        private Where(String sql, Object... parameters) {
            this.sql = sql;
            this.parameters.addAll(List.of(parameters));
        }

        private void and(String more, Object... moreParameters) {
            sql += " and " + more;
            parameters.addAll(List.of(moreParameters));
        }
    }

    private static final class Tally {
        private long today;
        private long overdue;
        private long later;
        private final Map<Step.Type, Long> types = new TreeMap<>();
        private final Map<SequenceId, Long> sequences = new HashMap<>();

        private void add(Step.Type type, SequenceId sequence, long dueToday, long dueBefore, long dueLater) {
            today += dueToday;
            overdue += dueBefore;
            later += dueLater;
            if (dueToday > 0) {
                types.merge(type, dueToday, Long::sum);
                sequences.merge(sequence, dueToday, Long::sum);
            }
        }
    }
}
