package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Ends that are decided: they are carried out by {@link ExitWorker}, one after the other. */
@Repository
class ExitRequests {

    private static final String WAITING = "exit_requested is not null and ended_at is null";

    private final JdbcClient jdbc;

    ExitRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void requestExit(EnrollmentId id, Reason reason) {
        jdbc.sql(
                        "update enrollment set exit_requested = ? where id = ? and ended_at is null and exit_requested is null")
                .param(reason.name())
                .param(id.value())
                .update();
    }

    int requestExitOfSequence(SequenceId sequence, Reason reason) {
        return jdbc.sql("""
                        update enrollment set exit_requested = ?
                        where sequence_id = ? and ended_at is null and exit_requested is null
                        """).param(reason.name()).param(sequence.value()).update();
    }

    /** In the order of ids, like everybody who locks several. */
    void requestExits(Collection<EnrollmentId> ids, Reason reason) {
        jdbc.sql("""
                        update enrollment set exit_requested = ? where id in (
                            select id from enrollment
                            where id = any (?::uuid[]) and ended_at is null and exit_requested is null
                            order by id for update)
                        """)
                .param(reason.name())
                .param(ids.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                .update();
    }

    /** Enrollments whose end is decided but not carried out, locked. */
    List<EnrollmentId> toExit(int limit) {
        return ids(jdbc.sql("select id from enrollment where " + WAITING + " limit ? for update skip locked")
                .param(limit));
    }

    /** As above, that one, or none where somebody else has it in hand. */
    List<EnrollmentId> toExit(EnrollmentId id) {
        return ids(jdbc.sql("select id from enrollment where " + WAITING + " and id = ? for update skip locked")
                .param(id.value()));
    }

    /** As above, not locked. */
    List<EnrollmentId> waiting(int limit) {
        return ids(jdbc.sql("select id from enrollment where " + WAITING + " limit ?")
                .param(limit));
    }

    private static List<EnrollmentId> ids(JdbcClient.StatementSpec asked) {
        return asked.query((rs, i) -> new EnrollmentId(rs.getObject(1, UUID.class)))
                .list();
    }

    boolean anyToExit() {
        return jdbc.sql("select exists (select 1 from enrollment where " + WAITING + ")")
                .query(Boolean.class)
                .single();
    }
}
