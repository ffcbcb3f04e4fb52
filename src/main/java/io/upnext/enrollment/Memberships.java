package io.upnext.enrollment;

import io.upnext.record.SequenceMembership;
import io.upnext.shared.RecordId;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.shared.filter.Filter.Op;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which records are or were in which sequence, for the filters of the records. Java asks the same SQL about one record,
 * so that both agree.
 */
@Repository
class Memberships implements SequenceMembership {

    private static final String OF_SEQUENCE =
            "e.sequence_id in (select q.id from sequence q where q.id::text = ? or lower(q.name) = ?)";
    private static final String SCHEDULED = "SCHEDULED";
    private static final String CURRENT = "s.state in ('OPEN', 'WAITING', 'FAILED')";

    private final JdbcClient jdbc;
    private final StepRunRows runs;

    Memberships(JdbcClient jdbc, StepRunRows runs) {
        this.jdbc = jdbc;
        this.runs = runs;
    }

    @Override
    public Sql where(Leaf leaf, String recordIdColumn) {
        List<Object> parameters = new ArrayList<>();
        String exists =
                switch (leaf.field()) {
                    case "sequence" -> inSequence(leaf, recordIdColumn, " and e.ended_at is null", parameters);
                    case "sequence.ever" -> inSequence(leaf, recordIdColumn, "", parameters);
                    case "sequence.state" -> inState(leaf, recordIdColumn, parameters);
                    case "sequence.lastState" -> lastInState(leaf, recordIdColumn, parameters);
                    case "sequence.stepEver" -> everAtStep(leaf, recordIdColumn, parameters);
                    default -> atStep(leaf, recordIdColumn, parameters);
                };
        boolean negated = leaf.op() == Op.NOT_EQUALS || leaf.op() == Op.NOT_IN || leaf.op() == Op.IS_EMPTY;
        return new Sql((negated ? "not " : "") + exists, parameters);
    }

    private static String inSequence(Leaf leaf, String record, String when, List<Object> parameters) {
        return "exists (select 1 from enrollment e where e.record_id = " + record + when
                + any(leaf, value -> {
                    parameters.add(folded(value));
                    parameters.add(folded(value));
                    return OF_SEQUENCE;
                })
                + ")";
    }

    private static String inState(Leaf leaf, String record, List<Object> parameters) {
        return "exists (select 1 from enrollment e where e.record_id = " + record
                + any(leaf, value -> qualified(value, "e.state = upper(?)", parameters)) + ")";
    }

    /** Where the sequence is named, the newest in that sequence counts, else the newest of all. */
    private static String lastInState(Leaf leaf, String record, List<Object> parameters) {
        String later = " and not exists (select 1 from enrollment f where f.record_id = e.record_id"
                + " and (f.connected_at, f.id) > (e.connected_at, e.id)";
        return "exists (select 1 from enrollment e where e.record_id = " + record
                + any(leaf, value -> {
                    String ofSame = value.indexOf('/') < 0 ? "" : " and f.sequence_id = e.sequence_id";
                    return "(" + qualified(value, "e.state = upper(?)", parameters) + later + ofSame + "))";
                })
                + ")";
    }

    private static String everAtStep(Leaf leaf, String record, List<Object> parameters) {
        return "exists (select 1 from enrollment e join step_run s on s.enrollment_id = e.id where e.record_id = "
                + record + any(leaf, value -> qualified(value, "s.step_id = ?", parameters)) + ")";
    }

    private static String atStep(Leaf leaf, String record, List<Object> parameters) {
        return "exists (select 1 from step_run s join enrollment e on e.id = s.enrollment_id where s.record_id = "
                + record + " and " + CURRENT
                + any(leaf, value -> qualified(value, "s.step_id = ?", parameters)) + ")";
    }

    private static String qualified(String value, String condition, List<Object> parameters) {
        int slash = value.lastIndexOf('/');
        if (slash < 0) {
            parameters.add(folded(value));
            return condition;
        }
        String sequence = folded(value.substring(0, slash));
        parameters.addAll(List.of(folded(value.substring(slash + 1)), sequence, sequence));
        return "(" + condition + " and " + OF_SEQUENCE + ")";
    }

    /** One alternative a value; none where the operator compares with nothing. */
    private static String any(Leaf leaf, java.util.function.UnaryOperator<String> condition) {
        List<String> alternatives =
                leaf.values().stream().map(String::valueOf).map(condition).toList();
        return alternatives.isEmpty() ? "" : " and (" + String.join(" or ", alternatives) + ")";
    }

    private static String folded(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean matches(Leaf leaf, RecordId record) {
        Sql sql = where(leaf, "?::uuid");
        List<Object> parameters = new ArrayList<>();
        parameters.add(record.value());
        parameters.addAll(sql.parameters());
        return jdbc.sql("select " + sql.text())
                .params(parameters)
                .query(Boolean.class)
                .single();
    }

    /** The type of the step each record entered last and is still at; between two days or runs {@code SCHEDULED}. */
    @Override
    public Map<RecordId, String> currentStepTypes(Collection<RecordId> records) {
        Map<RecordId, String> types = new HashMap<>();
        if (!records.isEmpty()) {
            runs.current(records)
                    .forEach(run -> types.putIfAbsent(run.record(), run.type().name()));
            betweenDays(records).forEach(record -> types.putIfAbsent(record, SCHEDULED));
        }
        return types;
    }

    private List<RecordId> betweenDays(Collection<RecordId> records) {
        return jdbc.sql("""
                        select e.record_id from enrollment e join enrollment_schedule s on s.enrollment_id = e.id
                        where e.record_id = any (?::uuid[]) and e.ended_at is null
                        """)
                .param(records.stream().map(RecordId::value).toArray(UUID[]::new))
                .query((rs, i) -> new RecordId(rs.getObject(1, UUID.class)))
                .list();
    }
}
