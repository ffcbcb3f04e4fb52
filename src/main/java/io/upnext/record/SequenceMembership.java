package io.upnext.record;

import io.upnext.shared.RecordId;
import io.upnext.shared.filter.Filter;
import java.util.List;

/**
 * Answers the filter leaves that ask about sequences, which need the enrollments: implemented where those live. As SQL,
 * so that lists stay one statement.
 *
 * <p>{@code sequence} and {@code sequence.step} ask about now, {@code sequence.ever} and {@code sequence.stepEver} about
 * any time; {@code sequence.state} about any enrollment the record ever had, {@code sequence.lastState} about the newest
 * one. A value of state or step may name the sequence before a slash: {@code <sequence>/COMPLETED}. Sequences go by id or
 * name.
 */
public interface SequenceMembership {

    /**
     * @param recordIdColumn the SQL expression of the record's id, to correlate with
     * @return a boolean SQL expression with {@code ?} parameters
     */
    Sql where(Filter.Leaf leaf, String recordIdColumn);

    boolean matches(Filter.Leaf leaf, RecordId record);

    record Sql(String text, List<Object> parameters) {}

    /** The icon and name of the current step on each of these records, for the grid. */
    java.util.Map<RecordId, String> currentStepTypes(java.util.Collection<RecordId> records);
}
