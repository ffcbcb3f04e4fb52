package io.upnext.record;

import io.upnext.shared.RecordId;
import io.upnext.shared.filter.Filter;
import java.util.List;

/**
 * Answers the filter leaves {@code sequence}, {@code sequence.state} and {@code sequence.step}, which need the
 * enrollments: implemented where those live. As SQL, so that lists stay one statement.
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
