package io.upnext.enrollment.audience;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.security.VersionedCache;
import io.upnext.shared.AudienceId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.Leaf;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code audience}. */
@Repository
class AudienceRows {

    private static final Set<String> ACTIVITY = Set.of("lastContactedMode", "lastActivityType", "updatedAt");

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final VersionedCache<Interest> interest;

    AudienceRows(JdbcClient jdbc, ObjectMapper json, @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.json = json;
        this.interest = new VersionedCache<>("audiences", jdbc, realTime, this::load);
    }

    /**
     * What the audiences that connect on change want to hear of; kept in memory, since every change asks. A view may ask
     * for anything.
     */
    record Interest(boolean changes, boolean sequences, boolean activity) {}

    Interest interest() {
        return interest.get();
    }

    private Interest load() {
        List<Audience> all = jdbc.sql("select * from audience where enabled and kind = 'ON_CHANGE'")
                .query(AudienceRows::row)
                .list();
        return new Interest(
                !all.isEmpty(),
                all.stream().anyMatch(audience -> audience.asksFor(Leaf::asksForSequence)),
                all.stream().anyMatch(audience -> audience.asksFor(AudienceRows::isActivity)));
    }

    private static boolean isActivity(Leaf leaf) {
        return ACTIVITY.contains(leaf.field().substring(leaf.field().lastIndexOf('.') + 1));
    }

    void insert(Audience audience) {
        jdbc.sql("""
                        insert into audience (id, name, owner_id, sequence_id, record_type, filter, views, kind, at_time,
                            time_zone, priority, enabled, disconnect_on_leave, created_at, due_at)
                        values (:id, :name, :owner, :sequence, :type, :filter::jsonb, :views::uuid[], :kind, :at, :zone,
                            :priority, :enabled, :leave, :created, :due)
                        """)
                .params(written(audience))
                .param("created", utc(audience.createdAt()))
                .update();
        interest.changed();
    }

    /** What is known of the last evaluation is forgotten: it was about something else. */
    void update(Audience audience) {
        jdbc.sql("""
                        update audience set name = :name, owner_id = :owner, sequence_id = :sequence,
                            record_type = :type, filter = :filter::jsonb, views = :views::uuid[], kind = :kind,
                            at_time = :at, time_zone = :zone, priority = :priority, enabled = :enabled,
                            disconnect_on_leave = :leave, due_at = :due, problem_rule = null, problem = null
                        where id = :id
                        """).params(written(audience)).update();
        interest.changed();
    }

    private Map<String, Object> written(Audience audience) {
        Map<String, Object> values = new HashMap<>();
        values.put("id", audience.id().value());
        values.put("name", audience.name());
        values.put("owner", audience.owner().value());
        values.put("sequence", audience.sequence().value());
        values.put("type", audience.recordType().name());
        values.put("filter", audience.filter() == null ? null : json(audience.filter()));
        values.put("views", audience.views().stream().map(UUID::toString).toArray(String[]::new));
        When when = audience.when();
        values.put("kind", when == null ? null : when.kind().name());
        values.put("at", when == null ? null : when.at());
        values.put("zone", when == null ? null : when.timeZone());
        values.put("priority", audience.priority());
        values.put("enabled", audience.enabled());
        values.put("leave", audience.disconnectOnLeave());
        values.put("due", utc(audience.dueAt()));
        return values;
    }

    void delete(AudienceId id) {
        jdbc.sql("delete from audience where id = ?").param(id.value()).update();
        interest.changed();
    }

    Optional<Audience> find(AudienceId id) {
        return one("where id = ?", id);
    }

    /** For changes and evaluations: one after another, and while nobody connects its records. */
    Optional<Audience> lock(AudienceId id) {
        return one("where id = ? for update", id);
    }

    /** Keeps it from being changed or evaluated meanwhile; several connect its records at once. */
    Optional<Audience> hold(AudienceId id) {
        return one("where id = ? for share", id);
    }

    private Optional<Audience> one(String where, AudienceId id) {
        return jdbc.sql("select * from audience " + where)
                .param(id.value())
                .query(AudienceRows::row)
                .optional();
    }

    List<Audience> list(Collection<UserId> owners, SequenceId sequence, String order, PageQuery page) {
        return jdbc.sql("select * from audience" + VISIBLE + " order by " + order + " limit :limit offset :offset")
                .param("owners", owners == null ? null : uuids(owners))
                .param("sequence", sequence == null ? null : sequence.toString())
                .param("limit", page.size())
                .param("offset", page.offset())
                .query(AudienceRows::row)
                .list();
    }

    long count(Collection<UserId> owners, SequenceId sequence) {
        return jdbc.sql("select count(*) from audience" + VISIBLE)
                .param("owners", owners == null ? null : uuids(owners))
                .param("sequence", sequence == null ? null : sequence.toString())
                .query(Long.class)
                .single();
    }

    private static final String VISIBLE = """
             where (cast(:owners as text[]) is null or owner_id = any(cast(:owners as uuid[])))
                and (cast(:sequence as text) is null or sequence_id = cast(:sequence as uuid))
            """;

    /** Those that are on and come before one of that priority, the highest first. */
    List<Audience> before(Audience other) {
        return jdbc.sql("""
                        select * from audience
                        where enabled and (priority, created_at, id) < (?, ?, ?) order by priority, created_at, id
                        """)
                .params(other.priority(), utc(other.createdAt()), other.id().value())
                .query(AudienceRows::row)
                .list();
    }

    void lockOnChange() {
        jdbc.sql("select id from audience where enabled and kind = 'ON_CHANGE' order by id for update")
                .query(UUID.class)
                .list();
    }

    List<AudienceId> onChange() {
        return jdbc.sql("select id from audience where enabled and kind = 'ON_CHANGE' order by id")
                .query((row, i) -> new AudienceId(row.getObject(1, UUID.class)))
                .list();
    }

    /** Takes one whose time has come, unless somebody else is at it. */
    Optional<Audience> takeDue(Instant now) {
        return jdbc.sql("""
                        select * from audience where enabled and due_at <= ?
                        order by due_at, id limit 1 for update skip locked
                        """).param(utc(now)).query(AudienceRows::row).optional();
    }

    boolean anyDue(Instant now) {
        return jdbc.sql("select exists (select 1 from audience where enabled and due_at <= ?)")
                .param(utc(now))
                .query(Boolean.class)
                .single();
    }

    /** The hourly look at those on change is nothing to wait for. */
    Optional<Instant> nextDue() {
        return jdbc.sql("select min(due_at) from audience where enabled and kind is distinct from 'ON_CHANGE'")
                .query((row, i) -> Optional.ofNullable(instant(row, 1)))
                .single();
    }

    void evaluated(AudienceId id, Instant at, Instant nextDue, Problem problem) {
        jdbc.sql("""
                        update audience set evaluated_at = case when cast(:rule as text) is null then :at else evaluated_at end,
                            due_at = :due, problem_rule = :rule, problem = :problem
                        where id = :id
                        """)
                .param("at", utc(at))
                .param("due", utc(nextDue))
                .param("rule", problem == null ? null : problem.rule())
                .param("problem", problem == null ? null : problem.message())
                .param("id", id.value())
                .update();
    }

    /** Those that are on, locked. */
    List<Audience> ofSequence(SequenceId sequence) {
        return jdbc.sql("select * from audience where sequence_id = ? and enabled order by id for update")
                .param(sequence.value())
                .query(AudienceRows::row)
                .list();
    }

    void rescheduled(AudienceId id, Instant due, Problem problem) {
        jdbc.sql("update audience set due_at = :due, problem_rule = :rule, problem = :problem where id = :id")
                .param("due", utc(due))
                .param("rule", problem == null ? null : problem.rule())
                .param("problem", problem == null ? null : problem.message())
                .param("id", id.value())
                .update();
    }

    void due(AudienceId id, Instant at) {
        jdbc.sql("update audience set due_at = ? where id = ?")
                .params(utc(at), id.value())
                .update();
    }

    private static Audience row(ResultSet row, int n) throws SQLException {
        String filter = row.getString("filter");
        String kind = row.getString("kind");
        String rule = row.getString("problem_rule");
        return new Audience(
                new AudienceId(row.getObject("id", UUID.class)),
                row.getString("name"),
                new UserId(row.getObject("owner_id", UUID.class)),
                new SequenceId(row.getObject("sequence_id", UUID.class)),
                RecordType.valueOf(row.getString("record_type")),
                filter == null ? null : Filter.parse(filter),
                Arrays.asList((UUID[]) row.getArray("views").getArray()),
                kind == null
                        ? null
                        : new When(When.Kind.valueOf(kind), row.getString("at_time"), row.getString("time_zone")),
                row.getInt("priority"),
                row.getBoolean("enabled"),
                row.getBoolean("disconnect_on_leave"),
                instant(row, row.findColumn("created_at")),
                instant(row, row.findColumn("due_at")),
                instant(row, row.findColumn("evaluated_at")),
                rule == null ? null : Problem.error(rule, row.getString("problem")));
    }

    private String json(Filter filter) {
        try {
            return json.writeValueAsString(filter);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static String[] uuids(Collection<UserId> ids) {
        return ids.stream().map(UserId::toString).toArray(String[]::new);
    }
}
