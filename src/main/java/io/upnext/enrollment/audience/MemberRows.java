package io.upnext.enrollment.audience;

import io.upnext.enrollment.audience.AudienceMember.State;
import io.upnext.operation.Operations.Result;
import io.upnext.record.RecordSelections.Selection;
import io.upnext.shared.AudienceId;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code audience_member}: who is in which audience, since when, and what came of it. */
@Repository
class MemberRows {

    /** Refusals that a later day or another field may change; the others last as long as the record stays. */
    private static final String PASSING =
            "('record-state', 'other-sequence', 're-entry', 'duplicate-address', 'no-right',"
                    + " 'sequence-not-active', 'internal')";

    private final JdbcClient jdbc;

    MemberRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Member(RecordId record, State state, Instant enteredAt, EnrollmentId enrollment, Problem problem) {}

    /**
     * Which records are looked at: all, or those that changed with what depends on them (an account's contacts and
     * opportunities, a contact's opportunities).
     */
    record Only(UUID[] records) {

        static final Only ALL = new Only(null);

        static Only of(Collection<RecordId> records) {
            return new Only(records.stream().map(RecordId::value).toArray(UUID[]::new));
        }

        private String on(String column) {
            return records == null
                    ? ""
                    : " and (" + column + " = any(?::uuid[]) or " + column + " in (select n.id from crm_record n"
                            + " where n.account_id = any(?::uuid[]) or n.contact_id = any(?::uuid[])))";
        }

        private List<Object> parameters() {
            return records == null ? List.of() : List.of(records, records, records);
        }
    }

    /** Takes in who is found and not yet there. @return how many, at most {@code limit} */
    int enter(AudienceId audience, Selection found, Only only, Instant at, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(audience.value(), AudienceRows.utc(at)));
        parameters.addAll(found.parameters());
        parameters.add(audience.value());
        parameters.addAll(only.parameters());
        parameters.add(limit);
        return jdbc.sql("insert into audience_member (audience_id, record_id, state, entered_at)"
                        + " select ?::uuid, x.id, 'WAITING', ?::timestamptz from (" + found.sql()
                        + ") x where not exists"
                        + " (select 1 from audience_member m where m.audience_id = ? and m.record_id = x.id)"
                        + only.on("x.id") + " limit ? on conflict do nothing")
                .params(parameters)
                .update();
    }

    /**
     * Lets go who is no longer found.
     *
     * @param keepConnected those it has connected stay, whatever is found
     * @return of each the enrollment that the audience made, if it made one
     */
    List<Optional<EnrollmentId>> leave(
            AudienceId audience, Selection found, Only only, boolean keepConnected, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(audience.value(), audience.value()));
        parameters.addAll(only.parameters());
        parameters.addAll(found.parameters());
        parameters.add(limit);
        return jdbc.sql("delete from audience_member m where m.audience_id = ? and m.record_id in"
                        + " (select g.record_id from audience_member g where g.audience_id = ?" + only.on("g.record_id")
                        + (keepConnected ? " and g.state <> 'CONNECTED'" : "")
                        + " and not exists (select 1 from (" + found.sql() + ") x where x.id = g.record_id) limit ?)"
                        + " returning m.enrollment_id")
                .params(parameters)
                .query((row, i) -> Optional.ofNullable(enrollment(row, 1)))
                .list();
    }

    /** Those that were refused for something that passes, or left to another audience, get another try. */
    int tryAgain(AudienceId audience, Only only) {
        List<Object> parameters = new ArrayList<>(List.of(audience.value()));
        parameters.addAll(only.parameters());
        return jdbc.sql("update audience_member m set state = 'WAITING', problem_rule = null, problem = null"
                        + " where m.audience_id = ? and (m.state = 'YIELDED'"
                        + " or (m.state = 'REFUSED' and m.problem_rule in " + PASSING + "))" + only.on("m.record_id"))
                .params(parameters)
                .update();
    }

    /** Those who have not been connected yet enter anew when it goes on. */
    void forgetWaiting(AudienceId audience) {
        jdbc.sql("delete from audience_member where audience_id = ? and state = 'WAITING'")
                .param(audience.value())
                .update();
    }

    void forget(AudienceId audience) {
        jdbc.sql("delete from audience_member where audience_id = ?")
                .param(audience.value())
                .update();
    }

    /** An audience that is on, works and has records to connect; of several the one of the highest priority. */
    Optional<AudienceId> toConnect() {
        return jdbc.sql("select a.id from audience a where a.enabled and a.problem is null and exists"
                        + " (select 1 from audience_member m where m.audience_id = a.id and m.state = 'WAITING')"
                        + " order by a.priority, a.created_at, a.id limit 1")
                .query((row, i) -> new AudienceId(row.getObject(1, UUID.class)))
                .optional();
    }

    List<RecordId> take(AudienceId audience, int limit) {
        return jdbc.sql("select record_id from audience_member where audience_id = ? and state = 'WAITING'"
                        + " order by record_id limit ? for update skip locked")
                .params(audience.value(), limit)
                .query((row, i) -> new RecordId(row.getObject(1, UUID.class)))
                .list();
    }

    void connected(AudienceId audience, List<Result> results) {
        jdbc.sql("""
                        update audience_member m set state = case when d.enrollment is null then 'REFUSED' else 'CONNECTED' end,
                            enrollment_id = d.enrollment, problem_rule = d.rule, problem = d.problem
                        from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[]) as d (record, enrollment, rule, problem)
                        where m.audience_id = ? and m.record_id = d.record
                        """)
                .param(results.stream().map(Result::item).toArray(String[]::new))
                .param(results.stream().map(Result::enrollment).toArray(String[]::new))
                .param(results.stream()
                        .map(result -> result.ok() ? null : result.problem().rule())
                        .toArray(String[]::new))
                .param(results.stream()
                        .map(result -> result.ok() ? null : result.problem().message())
                        .toArray(String[]::new))
                .param(audience.value())
                .update();
    }

    void yield(AudienceId audience, Collection<RecordId> records, Problem problem) {
        jdbc.sql("update audience_member set state = 'YIELDED', problem_rule = ?, problem = ?"
                        + " where audience_id = ? and record_id = any(?::uuid[])")
                .params(problem.rule(), problem.message(), audience.value(), uuids(records))
                .update();
    }

    void remove(AudienceId audience, Collection<RecordId> records) {
        jdbc.sql("delete from audience_member where audience_id = ? and record_id = any(?::uuid[])")
                .params(audience.value(), uuids(records))
                .update();
    }

    /** Those of the records that the audience has asked for in vain. */
    List<RecordId> refused(AudienceId audience, Collection<RecordId> records) {
        return jdbc.sql("select record_id from audience_member where audience_id = ? and state = 'REFUSED'"
                        + " and record_id = any(?::uuid[])")
                .params(audience.value(), uuids(records))
                .query((row, i) -> new RecordId(row.getObject(1, UUID.class)))
                .list();
    }

    /** How many are in each state, of each audience asked for. */
    Map<AudienceId, Map<State, Long>> counts(Collection<AudienceId> audiences) {
        Map<AudienceId, Map<State, Long>> counts = new HashMap<>();
        jdbc.sql("select audience_id, state, count(*) from audience_member where audience_id = any(?::uuid[])"
                        + " group by audience_id, state")
                .param(audiences.stream().map(AudienceId::value).toArray(UUID[]::new))
                .query(row -> {
                    counts.computeIfAbsent(
                                    new AudienceId(row.getObject(1, UUID.class)), id -> new EnumMap<>(State.class))
                            .put(State.valueOf(row.getString(2)), row.getLong(3));
                });
        return counts;
    }

    List<Member> list(AudienceId audience, State state, PageQuery page) {
        return jdbc.sql("select * from audience_member where audience_id = :audience"
                        + " and (cast(:state as text) is null or state = :state)"
                        + " order by entered_at desc, record_id limit :limit offset :offset")
                .param("audience", audience.value())
                .param("state", state == null ? null : state.name())
                .param("limit", page.size())
                .param("offset", page.offset())
                .query(MemberRows::member)
                .list();
    }

    /** How many of the selection are in the sequence now. */
    long inSequence(Selection selection, SequenceId sequence) {
        List<Object> parameters = new ArrayList<>(selection.parameters());
        parameters.add(sequence.value());
        return jdbc.sql("select count(*) from (" + selection.sql() + ") x where exists (select 1 from enrollment e"
                        + " where e.record_id = x.id and e.sequence_id = ? and e.ended_at is null)")
                .params(parameters)
                .query(Long.class)
                .single();
    }

    private static Member member(ResultSet row, int n) throws SQLException {
        String rule = row.getString("problem_rule");
        return new Member(
                new RecordId(row.getObject("record_id", UUID.class)),
                State.valueOf(row.getString("state")),
                row.getObject("entered_at", java.time.OffsetDateTime.class).toInstant(),
                enrollment(row, row.findColumn("enrollment_id")),
                rule == null ? null : Problem.error(rule, row.getString("problem")));
    }

    private static EnrollmentId enrollment(ResultSet row, int column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : new EnrollmentId(id);
    }

    private static UUID[] uuids(Collection<RecordId> records) {
        return records.stream().map(RecordId::value).toArray(UUID[]::new);
    }
}
