package io.upnext.enrollment;

import static io.upnext.enrollment.EnrollmentRows.instant;
import static io.upnext.enrollment.EnrollmentRows.utc;

import io.upnext.enrollment.StepRun.State;
import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code step_run}. */
@Repository
class StepRunRows {

    private final JdbcClient jdbc;
    private final Announcements announcements;

    StepRunRows(JdbcClient jdbc, Announcements announcements) {
        this.jdbc = jdbc;
        this.announcements = announcements;
    }

    void insert(Collection<StepRun> runs) {
        List<StepRun> rows = List.copyOf(runs);
        jdbc.sql("""
                        insert into step_run (id, enrollment_id, sequence_id, record_id, step_id, step_type, step_name,
                            state, assignee_kind, assignee_id, entered_at, due_at, finished_at, outcome, task_id,
                            execution_id)
                        select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[],
                            ?::text[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[], ?::timestamptz[],
                            ?::timestamptz[], ?::text[], ?::text[], ?::text[])
                        """)
                .param(uuids(rows, r -> r.id().value()))
                .param(uuids(rows, r -> r.enrollment().value()))
                .param(uuids(rows, r -> r.sequence().value()))
                .param(uuids(rows, r -> r.record().value()))
                .param(texts(rows, StepRun::stepId))
                .param(texts(rows, r -> r.type().name()))
                .param(texts(rows, StepRun::stepName))
                .param(texts(rows, r -> r.state().name()))
                .param(texts(
                        rows,
                        r -> r.assignee() == null ? null : r.assignee().kind().name()))
                .param(uuids(
                        rows, r -> r.assignee() == null ? null : r.assignee().id()))
                .param(texts(rows, r -> text(r.enteredAt())))
                .param(texts(rows, r -> text(r.dueAt())))
                .param(texts(rows, r -> text(r.finishedAt())))
                .param(texts(rows, StepRun::outcome))
                .param(texts(rows, StepRun::taskId))
                .param(texts(rows, StepRun::executionId))
                .update();
        announcements.entered(rows);
    }

    Optional<StepRun> find(StepRunId id) {
        return jdbc.sql("select * from step_run where id = ?")
                .param(id.value())
                .query(StepRunRows::row)
                .optional();
    }

    Map<StepRunId, StepRun> findAll(Collection<StepRunId> ids) {
        return jdbc
                .sql("select * from step_run where id = any(?)")
                .param(ids.stream().map(StepRunId::value).toArray(UUID[]::new))
                .query(StepRunRows::row)
                .list()
                .stream()
                .collect(Collectors.toMap(StepRun::id, Function.identity()));
    }

    Optional<StepRun> openTask(String taskId) {
        return jdbc.sql("select * from step_run where task_id = ? and state = 'OPEN'")
                .param(taskId)
                .query(StepRunRows::row)
                .optional();
    }

    List<StepRun> of(EnrollmentId enrollment) {
        return jdbc.sql("select * from step_run where enrollment_id = ? order by entered_at, id")
                .param(enrollment.value())
                .query(StepRunRows::row)
                .list();
    }

    /** The steps each enrollment has been at. */
    Map<EnrollmentId, Set<String>> visited(Collection<EnrollmentId> enrollments) {
        Map<EnrollmentId, Set<String>> visited = new HashMap<>();
        jdbc.sql("select distinct enrollment_id, step_id from step_run where enrollment_id = any (?::uuid[])")
                .param(enrollments.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                .query(rs -> {
                    visited.computeIfAbsent(
                                    new EnrollmentId(rs.getObject(1, UUID.class)), enrollment -> new HashSet<>())
                            .add(rs.getString(2));
                });
        return visited;
    }

    /** The newest visit of the enrollment to the step. */
    Optional<StepRun> newest(EnrollmentId enrollment, String stepId) {
        return jdbc.sql("""
                        select * from step_run where enrollment_id = ? and step_id = ?
                        order by entered_at desc, id desc limit 1
                        """)
                .param(enrollment.value())
                .param(stepId)
                .query(StepRunRows::row)
                .optional();
    }

    /** The mail that went out last in this enrollment, whose thread a next one may continue. */
    Optional<StepRun> lastSentMail(EnrollmentId enrollment) {
        return jdbc.sql("""
                        select * from step_run where enrollment_id = ? and outcome = 'SENT' and state = 'DONE'
                            and step_type not in ('TEXT_MESSAGE', 'AUTOMATED_TEXT')
                        order by finished_at desc, id desc limit 1
                        """).param(enrollment.value()).query(StepRunRows::row).optional();
    }

    List<StepRunId> openOf(UserId assignee) {
        return jdbc
                .sql("select id from step_run where state = 'OPEN' and assignee_id = ? order by due_at nulls last, id")
                .param(assignee.value())
                .query(UUID.class)
                .list()
                .stream()
                .map(StepRunId::new)
                .toList();
    }

    void finish(StepRunId id, State state, String outcome, String note, UserId by, Instant at) {
        announcements.moved(jdbc.sql("""
                        update step_run set state = ?, outcome = ?, note = coalesce(?, note), finished_by = ?,
                            finished_at = ?, cause = null
                        where id = ? and state in ('OPEN', 'WAITING', 'FAILED')
                        returning *
                        """)
                .param(state.name())
                .param(outcome)
                .param(note)
                .param(by == null ? null : by.value())
                .param(utc(at))
                .param(id.value())
                .query(StepRunRows::row)
                .list());
    }

    /** As {@link #finish(StepRunId, State, String, String, UserId, Instant)} without a person, all as done. */
    void finish(Collection<StepRunId> ids, String outcome, Instant at) {
        announcements.moved(jdbc.sql("""
                        update step_run set state = 'DONE', outcome = ?, finished_by = null, finished_at = ?, cause = null
                        where id = any (?) and state in ('OPEN', 'WAITING', 'FAILED')
                        returning *
                        """)
                .params(outcome, utc(at), ids.stream().map(StepRunId::value).toArray(UUID[]::new))
                .query(StepRunRows::row)
                .list());
    }

    void outcome(StepRunId id, String outcome) {
        jdbc.sql("update step_run set outcome = ? where id = ?")
                .param(outcome)
                .param(id.value())
                .update();
    }

    void fail(StepRunId id, String cause) {
        announcements.moved(jdbc.sql("""
                        update step_run set state = 'FAILED', cause = ?
                        where id = ? and state in ('WAITING', 'OPEN', 'FAILED')
                        returning *
                        """)
                .param(cause)
                .param(id.value())
                .query(StepRunRows::row)
                .list());
    }

    /** A person does it instead of the product: the same visit, as a manual step. */
    StepRun open(StepRunId id, Step.Type type, Principal assignee, Instant due, String taskId, String executionId) {
        return jdbc.sql("""
                        update step_run set state = 'OPEN', step_type = ?, assignee_kind = ?, assignee_id = ?, due_at = ?,
                            cause = null, outcome = null, task_id = ?, execution_id = ?
                        where id = ? and state in ('WAITING', 'FAILED')
                        returning *
                        """)
                .params(type.name(), assignee.kind().name(), assignee.id(), utc(due), taskId, executionId, id.value())
                .query(StepRunRows::row)
                .single();
    }

    /** What had failed was tried again and went well: the new run stands in its place. */
    void supersedeFailed(EnrollmentId enrollment, Instant at) {
        jdbc.sql("""
                        update step_run set state = 'CANCELLED', outcome = 'RETRIED', finished_at = ?
                        where enrollment_id = ? and state = 'FAILED'
                        """).param(utc(at)).param(enrollment.value()).update();
    }

    void waitAgain(StepRunId id) {
        jdbc.sql("update step_run set state = 'WAITING', cause = null where id = ? and state = 'FAILED'")
                .param(id.value())
                .update();
    }

    void cancelAll(EnrollmentId enrollment, Instant at) {
        cancelAll(List.of(enrollment), at);
    }

    void cancelAll(Collection<EnrollmentId> enrollments, Instant at) {
        jdbc.sql("""
                        update step_run set state = 'CANCELLED', finished_at = ?
                        where enrollment_id = any (?::uuid[]) and state in ('OPEN', 'WAITING', 'FAILED')
                        """).param(utc(at)).param(uuids(enrollments)).update();
    }

    void assign(StepRunId id, Principal assignee) {
        jdbc.sql("update step_run set assignee_kind = ?, assignee_id = ? where id = ?")
                .param(assignee == null ? null : assignee.kind().name())
                .param(assignee == null ? null : assignee.id())
                .param(id.value())
                .update();
    }

    void snooze(StepRunId id, Instant until) {
        jdbc.sql("update step_run set snoozed_until = ? where id = ?")
                .param(utc(until))
                .param(id.value())
                .update();
    }

    void due(StepRunId id, Instant due) {
        jdbc.sql("update step_run set due_at = ? where id = ?")
                .param(utc(due))
                .param(id.value())
                .update();
    }

    /** What is not finished of the enrollment stands still. */
    void pauseAll(Collection<EnrollmentId> enrollments) {
        jdbc.sql("""
                        update step_run set paused = true
                        where enrollment_id = any (?::uuid[]) and state in ('OPEN', 'WAITING', 'FAILED')
                        """).param(uuids(enrollments)).update();
    }

    void pause(StepRunId id) {
        jdbc.sql("update step_run set paused = true where id = ?")
                .param(id.value())
                .update();
    }

    /** What stands still or was settled during the pause. */
    Map<EnrollmentId, List<StepRun>> paused(Collection<EnrollmentId> enrollments) {
        return jdbc
                .sql("select * from step_run where enrollment_id = any (?::uuid[]) and paused order by entered_at, id")
                .param(uuids(enrollments))
                .query(StepRunRows::row)
                .list()
                .stream()
                .collect(Collectors.groupingBy(StepRun::enrollment));
    }

    void resumeAll(Collection<EnrollmentId> enrollments) {
        jdbc.sql("update step_run set paused = false where enrollment_id = any (?::uuid[]) and paused")
                .param(uuids(enrollments))
                .update();
    }

    void due(Map<StepRunId, Instant> due) {
        if (!due.isEmpty()) {
            List<Map.Entry<StepRunId, Instant>> entries = List.copyOf(due.entrySet());
            jdbc.sql("""
                            update step_run s set due_at = d.at from unnest(?::uuid[], ?::timestamptz[]) as d (id, at)
                            where s.id = d.id
                            """)
                    .param(entries.stream().map(one -> one.getKey().value()).toArray(UUID[]::new))
                    .param(entries.stream()
                            .map(one -> one.getValue().toString())
                            .toArray(String[]::new))
                    .update();
        }
    }

    private static UUID[] uuids(Collection<EnrollmentId> ids) {
        return ids.stream().map(EnrollmentId::value).toArray(UUID[]::new);
    }

    void resumeStep(EnrollmentId enrollment, String step) {
        jdbc.sql("update step_run set paused = false where enrollment_id = ? and step_id = ? and paused")
                .param(enrollment.value())
                .param(step)
                .update();
    }

    /** What is not over of these enrollments' visits to the step is called so from now on. */
    void rename(Collection<EnrollmentId> of, String step, String name) {
        jdbc.sql("""
                        update step_run set step_name = ? where enrollment_id = any (?::uuid[]) and step_id = ?
                            and state in ('OPEN', 'WAITING', 'FAILED') and step_name <> ?
                        """)
                .params(name, uuids(List.copyOf(of), EnrollmentId::value), step, name)
                .update();
    }

    List<StepRun> openAt(Collection<EnrollmentId> of, Collection<String> steps) {
        return jdbc.sql("""
                        select * from step_run where enrollment_id = any (?::uuid[]) and step_id = any (?)
                            and state = 'OPEN'
                        """)
                .params(uuids(List.copyOf(of), EnrollmentId::value), steps.toArray(String[]::new))
                .query(StepRunRows::row)
                .list();
    }

    void note(StepRunId id, String note) {
        jdbc.sql("update step_run set note = ? where id = ?")
                .param(note)
                .param(id.value())
                .update();
    }

    /** What each record is at now, newest first. */
    List<StepRun> current(Collection<RecordId> records) {
        return jdbc.sql("""
                        select * from step_run where record_id = any (?::uuid[]) and state in ('OPEN', 'WAITING', 'FAILED')
                        order by entered_at desc, id desc
                        """)
                .param(records.stream().map(RecordId::value).toArray(UUID[]::new))
                .query(StepRunRows::row)
                .list();
    }

    static StepRun row(ResultSet rs, int n) throws SQLException {
        String assignee = rs.getString("assignee_kind");
        return new StepRun(
                new StepRunId(rs.getObject("id", UUID.class)),
                new EnrollmentId(rs.getObject("enrollment_id", UUID.class)),
                new SequenceId(rs.getObject("sequence_id", UUID.class)),
                new RecordId(rs.getObject("record_id", UUID.class)),
                rs.getString("step_id"),
                Step.Type.valueOf(rs.getString("step_type")),
                rs.getString("step_name"),
                State.valueOf(rs.getString("state")),
                assignee == null
                        ? null
                        : new Principal(Principal.Kind.valueOf(assignee), rs.getObject("assignee_id", UUID.class)),
                instant(rs, "entered_at"),
                instant(rs, "due_at"),
                instant(rs, "snoozed_until"),
                instant(rs, "finished_at"),
                rs.getString("outcome"),
                rs.getString("note"),
                rs.getString("cause"),
                rs.getString("task_id"),
                rs.getString("execution_id"));
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static <T> UUID[] uuids(List<T> rows, Function<T, UUID> value) {
        return rows.stream().map(value).toArray(UUID[]::new);
    }

    private static String[] texts(List<StepRun> rows, Function<StepRun, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
