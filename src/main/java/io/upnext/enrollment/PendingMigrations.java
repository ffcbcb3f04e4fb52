package io.upnext.enrollment;

import static io.upnext.enrollment.EnrollmentRows.utc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.security.CurrentUser;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code enrollment_migration}: moves that wait until the mail of a removed step has settled. */
@Repository
class PendingMigrations {

    private static final String READY =
            " from enrollment_migration m join step_run s on s.id = m.step_run where s.finished_at is not null";

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    PendingMigrations(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    record Pending(EnrollmentId enrollment, MigrationRequest request, UserId by) {}

    /** The last that was asked counts. */
    void put(EnrollmentId enrollment, StepRunId until, MigrationRequest request, CurrentUser by) {
        jdbc.sql("""
                        insert into enrollment_migration (enrollment, step_run, request, by_user, asked_at)
                        values (?, ?, cast(? as jsonb), ?, ?)
                        on conflict (enrollment) do update set step_run = excluded.step_run,
                            request = excluded.request, by_user = excluded.by_user, asked_at = excluded.asked_at
                        """)
                .param(enrollment.value())
                .param(until.value())
                .param(write(request))
                .param(by.id().value())
                .param(utc(clock.instant()))
                .update();
    }

    boolean anyReady() {
        return jdbc.sql("select exists (select 1" + READY + ")")
                .query(Boolean.class)
                .single();
    }

    /** Takes those that can go on, for this transaction. */
    List<Pending> takeReady(int limit) {
        return jdbc.sql("select m.*" + READY + " order by m.asked_at, m.enrollment limit ? for update of m skip locked")
                .param(limit)
                .query(this::row)
                .list();
    }

    void delete(EnrollmentId enrollment) {
        jdbc.sql("delete from enrollment_migration where enrollment = ?")
                .param(enrollment.value())
                .update();
    }

    private Pending row(ResultSet rs, int n) throws SQLException {
        return new Pending(
                new EnrollmentId(rs.getObject("enrollment", UUID.class)),
                read(rs.getString("request")),
                new UserId(rs.getObject("by_user", UUID.class)));
    }

    private MigrationRequest read(String text) {
        try {
            return json.readValue(text, MigrationRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored migration cannot be read", e);
        }
    }

    private String write(MigrationRequest request) {
        try {
            return json.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A migration cannot be stored", e);
        }
    }
}
