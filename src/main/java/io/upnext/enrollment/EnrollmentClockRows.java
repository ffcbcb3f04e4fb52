package io.upnext.enrollment;

import io.upnext.shared.EnrollmentId;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
        return jdbc.sql("select * from enrollment_schedule where enrollment_id = ?")
                .param(enrollment.value())
                .query((rs, n) -> new EnrollmentClock(
                        enrollment,
                        rs.getObject("day_one", LocalDate.class),
                        rs.getObject("due_at", OffsetDateTime.class).toInstant(),
                        rs.getString("step_id")))
                .optional();
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
