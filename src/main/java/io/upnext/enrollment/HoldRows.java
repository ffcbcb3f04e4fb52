package io.upnext.enrollment;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.StepRunId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code enrollment_hold} and {@code enrollment_hold_step}. */
@Repository
class HoldRows {

    private final JdbcClient jdbc;

    HoldRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A later answer takes the place of an earlier one. */
    void put(EnrollmentId enrollment, Instant until, LocalDate backOn, MailId mail, Instant since) {
        jdbc.sql("""
                        insert into enrollment_hold (enrollment, until, back_on, mail, since) values (?, ?, ?, ?, ?)
                        on conflict (enrollment) do update
                            set until = excluded.until, back_on = excluded.back_on, mail = excluded.mail
                        """)
                .params(enrollment.value(), utc(until), backOn, mail.value(), utc(since))
                .update();
    }

    /** Past ones included. */
    Optional<Instant> until(EnrollmentId enrollment) {
        return jdbc.sql("select until from enrollment_hold where enrollment = ?")
                .param(enrollment.value())
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** Those of them that are held beyond that moment. */
    Set<EnrollmentId> heldAmong(Collection<EnrollmentId> enrollments, Instant now) {
        return new HashSet<>(
                jdbc.sql("select enrollment from enrollment_hold where enrollment = any (?::uuid[]) and until > ?")
                        .params(enrollments.stream().map(EnrollmentId::value).toArray(UUID[]::new), utc(now))
                        .query((row, number) -> new EnrollmentId(row.getObject(1, UUID.class)))
                        .list());
    }

    /** Remembers when a step was due before the first hold that moved it. */
    void moved(EnrollmentId enrollment, StepRunId step, Instant due) {
        jdbc.sql("""
                        insert into enrollment_hold_step (step_run, enrollment, due_at) values (?, ?, ?)
                        on conflict (step_run) do nothing
                        """).params(step.value(), enrollment.value(), utc(due)).update();
    }

    Map<StepRunId, Instant> moved(EnrollmentId enrollment) {
        record Due(StepRunId step, Instant at) {}
        return jdbc
                .sql("select step_run, due_at from enrollment_hold_step where enrollment = ?")
                .param(enrollment.value())
                .query((row, number) -> new Due(
                        new StepRunId(row.getObject(1, UUID.class)),
                        row.getObject(2, OffsetDateTime.class).toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Due::step, Due::at));
    }

    void delete(EnrollmentId enrollment) {
        jdbc.sql("delete from enrollment_hold where enrollment = ?")
                .param(enrollment.value())
                .update();
        jdbc.sql("delete from enrollment_hold_step where enrollment = ?")
                .param(enrollment.value())
                .update();
    }

    /** Takes enrollments whose hold is over. */
    List<EnrollmentId> over(Instant now, int limit) {
        return jdbc.sql("select enrollment from enrollment_hold where until <= ? order by until limit ?")
                .params(utc(now), limit)
                .query((row, number) -> new EnrollmentId(row.getObject(1, UUID.class)))
                .list();
    }

    Optional<Instant> nextAfter(Instant now) {
        return jdbc.sql("select until from enrollment_hold where until > ? order by until limit 1")
                .param(utc(now))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
