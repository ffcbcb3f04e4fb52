package io.upnext.enrollment;

import io.upnext.shared.EnrollmentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code enrollment_schedule}. */
@Repository
class EnrollmentClockRows {

    private final JdbcClient jdbc;

    EnrollmentClockRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<EnrollmentClock> find(EnrollmentId enrollment) {
        return Optional.ofNullable(findAll(List.of(enrollment)).get(enrollment));
    }

    Map<EnrollmentId, EnrollmentClock> findAll(Collection<EnrollmentId> enrollments) {
        return jdbc
                .sql("select * from enrollment_schedule where enrollment_id = any (?::uuid[])")
                .param(enrollments.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                .query(EnrollmentClockRows::row)
                .list()
                .stream()
                .collect(Collectors.toMap(EnrollmentClock::enrollment, clock -> clock));
    }

    private static EnrollmentClock row(ResultSet rs, int n) throws SQLException {
        return new EnrollmentClock(
                new EnrollmentId(rs.getObject("enrollment_id", UUID.class)),
                rs.getObject("day_one", LocalDate.class),
                rs.getObject("due_at", OffsetDateTime.class).toInstant(),
                rs.getString("step_id"));
    }

    void put(Collection<EnrollmentClock> clocks) {
        List<EnrollmentClock> rows = List.copyOf(clocks);
        jdbc.sql("""
                        insert into enrollment_schedule (enrollment_id, day_one, due_at, step_id)
                        select * from unnest(?::uuid[], ?::date[], ?::timestamptz[], ?::text[])
                        on conflict (enrollment_id) do update
                            set day_one = excluded.day_one, due_at = excluded.due_at, step_id = excluded.step_id
                        """)
                .param(rows.stream().map(clock -> clock.enrollment().value()).toArray(UUID[]::new))
                .param(rows.stream()
                        .map(clock ->
                                clock.dayOne() == null ? null : clock.dayOne().toString())
                        .toArray(String[]::new))
                .param(rows.stream().map(clock -> clock.dueAt().toString()).toArray(String[]::new))
                .param(rows.stream().map(EnrollmentClock::stepId).toArray(String[]::new))
                .update();
    }
}
