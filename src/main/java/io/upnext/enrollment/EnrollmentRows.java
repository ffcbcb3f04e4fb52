package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.shared.AudienceId;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code enrollment}. */
@Repository
class EnrollmentRows {

    private final JdbcClient jdbc;
    private final Announcements announcements;

    EnrollmentRows(JdbcClient jdbc, Announcements announcements) {
        this.jdbc = jdbc;
        this.announcements = announcements;
    }

    /**
     * Inserts those that no running enrollment of the same record or address forbids.
     *
     * @return the ids that were inserted
     */
    Set<EnrollmentId> insert(List<Enrollment> enrollments, Map<EnrollmentId, String> addresses, String source) {
        return new HashSet<>(jdbc.sql("""
                        insert into enrollment (id, sequence_id, version_id, version_number, record_id, record_type,
                            state, address, connected_by, source, connected_at, start_at, start_step, previous_id, hops)
                        select e.id, e.sequence_id, e.version_id, e.version_number, e.record_id, e.record_type,
                            e.state, e.address, e.connected_by, ?, e.connected_at, e.start_at, e.start_step,
                            e.previous_id, e.hops
                        from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::int[], ?::uuid[], ?::text[], ?::text[],
                            ?::text[], ?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::uuid[], ?::int[])
                            as e (id, sequence_id, version_id, version_number, record_id, record_type, state, address,
                                connected_by, connected_at, start_at, start_step, previous_id, hops)
                        on conflict do nothing
                        returning id
                        """)
                .param(source)
                .param(uuids(enrollments, e -> e.id().value()))
                .param(uuids(enrollments, e -> e.sequence().value()))
                .param(uuids(enrollments, e -> e.version().value()))
                .param(enrollments.stream().map(Enrollment::versionNumber).toArray(Integer[]::new))
                .param(uuids(enrollments, e -> e.record().value()))
                .param(texts(enrollments, e -> e.recordType().name()))
                .param(texts(enrollments, e -> e.state().name()))
                .param(texts(enrollments, e -> addresses.get(e.id())))
                .param(uuids(enrollments, e -> e.connectedBy().value()))
                .param(instants(enrollments, Enrollment::connectedAt))
                .param(instants(enrollments, Enrollment::startAt))
                .param(texts(enrollments, Enrollment::startStep))
                .param(uuids(
                        enrollments,
                        e -> e.previous() == null ? null : e.previous().value()))
                .param(enrollments.stream().map(Enrollment::hops).toArray(Integer[]::new))
                .query((rs, i) -> new EnrollmentId(rs.getObject(1, UUID.class)))
                .list());
    }

    /** Takes the row for this transaction, so that everything that moves one enrollment happens one after another. */
    Optional<Enrollment> lock(EnrollmentId id) {
        return jdbc.sql("select * from enrollment where id = ? for update")
                .param(id.value())
                .query(EnrollmentRows::row)
                .optional();
    }

    /** All of them locked, always in the same order. */
    Map<EnrollmentId, Enrollment> lockAll(Collection<EnrollmentId> ids) {
        Map<EnrollmentId, Enrollment> locked = new HashMap<>();
        jdbc.sql("select * from enrollment where id = any(?) order by id for update")
                .param(ids.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                .query(EnrollmentRows::row)
                .list()
                .forEach(enrollment -> locked.put(enrollment.id(), enrollment));
        return locked;
    }

    Optional<Enrollment> find(EnrollmentId id) {
        return jdbc.sql("select * from enrollment where id = ?")
                .param(id.value())
                .query(EnrollmentRows::row)
                .optional();
    }

    List<Enrollment> ofRecord(RecordId record) {
        return jdbc.sql("select * from enrollment where record_id = ? order by connected_at desc, id desc")
                .param(record.value())
                .query(EnrollmentRows::row)
                .list();
    }

    /** What runs of an account: of itself, its contacts and its opportunities; always in the same order. */
    List<Enrollment> runningOfAccount(UUID account) {
        return jdbc.sql("""
                        select e.* from crm_record r join enrollment e on e.record_id = r.id
                        where (r.account_id = ? or r.id = ?) and e.ended_at is null order by e.id
                        """).params(account, account).query(EnrollmentRows::row).list();
    }

    void started(Map<EnrollmentId, String> instances) {
        List<Map.Entry<EnrollmentId, String>> entries = List.copyOf(instances.entrySet());
        announcements.connected(jdbc.sql("""
                        update enrollment e set process_instance_id = s.instance,
                               state = case when e.state = 'CONNECTING' then 'CONNECTED' else e.state end
                        from unnest(?::uuid[], ?::text[]) as s (id, instance) where e.id = s.id
                        returning e.*
                        """)
                .param(entries.stream().map(e -> e.getKey().value()).toArray(UUID[]::new))
                .param(entries.stream().map(Map.Entry::getValue).toArray(String[]::new))
                .query(EnrollmentRows::row)
                .list());
    }

    void toVersion(Collection<EnrollmentId> ids, VersionId version, int number) {
        jdbc.sql("update enrollment set version_id = ?, version_number = ? where id = any (?::uuid[])")
                .param(version.value())
                .param(number)
                .param(ids.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                .update();
    }

    void startAt(EnrollmentId id, String step) {
        jdbc.sql("update enrollment set start_step = ? where id = ?")
                .param(step)
                .param(id.value())
                .update();
    }

    void state(EnrollmentId id, State state) {
        jdbc.sql("update enrollment set state = ? where id = ? and ended_at is null")
                .param(state.name())
                .param(id.value())
                .update();
    }

    void pause(Collection<EnrollmentId> ids, Instant at) {
        announcements.paused(jdbc.sql("""
                        update enrollment set state = 'PAUSED', paused_at = ?
                        where id = any (?::uuid[]) and ended_at is null returning *
                        """)
                .param(utc(at))
                .param(ids.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                .query(EnrollmentRows::row)
                .list());
    }

    /** Null where it is not paused. */
    Instant pausedAt(EnrollmentId id) {
        return pausedAt(List.of(id)).get(id);
    }

    Map<EnrollmentId, Instant> pausedAt(Collection<EnrollmentId> ids) {
        Map<EnrollmentId, Instant> paused = new HashMap<>();
        jdbc.sql("select id, paused_at from enrollment where id = any (?::uuid[])")
                .param(ids.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                .query(rs -> {
                    paused.put(new EnrollmentId(rs.getObject(1, UUID.class)), instant(rs, 2));
                });
        return paused;
    }

    /** @param by how long it was paused: a start still to come moves by as much */
    record Resumed(EnrollmentId id, State state, Duration by) {}

    void resume(List<Resumed> resumed) {
        announcements.resumed(jdbc.sql("""
                        update enrollment e set state = r.state, paused_at = null,
                            start_at = case when e.process_instance_id is null
                                then e.start_at + make_interval(secs => r.seconds) else e.start_at end
                        from unnest(?::uuid[], ?::text[], ?::float8[]) as r (id, state, seconds)
                        where e.id = r.id and e.ended_at is null
                        returning e.*
                        """)
                .param(uuids(resumed, one -> one.id().value()))
                .param(texts(resumed, one -> one.state().name()))
                .param(resumed.stream().map(one -> one.by().toMillis() / 1000.0).toArray(Double[]::new))
                .query(EnrollmentRows::row)
                .list());
    }

    void end(EnrollmentId id, Reason reason, Instant at) {
        end(List.of(id), reason, at);
    }

    void end(Collection<EnrollmentId> ids, Reason reason, Instant at) {
        announcements.ended(jdbc.sql("""
                        update enrollment set state = ?, reason = ?, ended_at = ?
                        where id = any (?::uuid[]) and ended_at is null
                        returning *
                        """)
                .param(reason.state().name())
                .param(reason.name())
                .param(utc(at))
                .param(ids.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                .query(EnrollmentRows::row)
                .list());
    }

    void link(EnrollmentId from, EnrollmentId to) {
        jdbc.sql("update enrollment set next_id = ? where id = ?")
                .param(to.value())
                .param(from.value())
                .update();
    }

    void ofAudience(AudienceId audience, Collection<EnrollmentId> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql("update enrollment set audience_id = ? where id = any (?::uuid[])")
                    .param(audience.value())
                    .param(ids.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                    .update();
        }
    }

    List<Enrollment> runningOf(Collection<RecordId> records) {
        return jdbc.sql("select * from enrollment where ended_at is null and record_id = any (?::uuid[])")
                .param(records.stream().map(RecordId::value).toArray(UUID[]::new))
                .query(EnrollmentRows::row)
                .list();
    }

    /** Takes the enrollments whose wait before the start is over. */
    List<Enrollment> dueToStart(Instant now, int limit) {
        return jdbc.sql("""
                        select * from enrollment where state = 'CONNECTING' and start_at <= ? and exit_requested is null
                        order by start_at limit ? for update skip locked
                        """)
                .param(utc(now))
                .param(limit)
                .query(EnrollmentRows::row)
                .list();
    }

    Optional<Instant> nextStart() {
        return jdbc.sql("select min(start_at) from enrollment where state = 'CONNECTING' and exit_requested is null")
                .query((rs, i) -> Optional.ofNullable(instant(rs, 1)))
                .single();
    }

    static Enrollment row(ResultSet rs, int n) throws SQLException {
        return new Enrollment(
                new EnrollmentId(rs.getObject("id", UUID.class)),
                new SequenceId(rs.getObject("sequence_id", UUID.class)),
                new VersionId(rs.getObject("version_id", UUID.class)),
                rs.getInt("version_number"),
                new RecordId(rs.getObject("record_id", UUID.class)),
                RecordType.valueOf(rs.getString("record_type")),
                State.valueOf(rs.getString("state")),
                reason(rs.getString("reason")),
                reason(rs.getString("exit_requested")),
                new UserId(rs.getObject("connected_by", UUID.class)),
                instant(rs, "connected_at"),
                instant(rs, "start_at"),
                rs.getString("start_step"),
                instant(rs, "ended_at"),
                rs.getString("process_instance_id"),
                enrollment(rs.getObject("previous_id", UUID.class)),
                enrollment(rs.getObject("next_id", UUID.class)),
                rs.getInt("hops"));
    }

    private static Reason reason(String name) {
        return name == null ? null : Reason.valueOf(name);
    }

    private static EnrollmentId enrollment(UUID id) {
        return id == null ? null : new EnrollmentId(id);
    }

    static Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime value = rs.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static Instant instant(ResultSet rs, int column) throws SQLException {
        OffsetDateTime value = rs.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static <T> UUID[] uuids(List<T> rows, Function<T, UUID> value) {
        return rows.stream().map(value).toArray(UUID[]::new);
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static <T> String[] instants(List<T> rows, Function<T, Instant> value) {
        return rows.stream()
                .map(value)
                .map(instant -> instant == null ? null : instant.toString())
                .toArray(String[]::new);
    }
}
