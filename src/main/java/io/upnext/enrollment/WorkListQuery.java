package io.upnext.enrollment;

import io.upnext.sequence.Step;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;

/**
 * Which open steps a work list shows; null leaves a filter out.
 *
 * @param snoozed true: only what is put off until later than now; false: only what is not
 */
public record WorkListQuery(Due due, Step.Type type, SequenceId sequence, RecordType recordType, Boolean snoozed) {

    /** Days are those of the caller's zone. TODAY and LATER together are ALL and share nothing. */
    public enum Due {
        /** Due before the end of today, overdue included, and not put off. */
        TODAY,
        /** Due before today began, and not put off. */
        OVERDUE,
        /** Due after today, or put off until later than now. */
        LATER,
        ALL
    }

    public static WorkListQuery due(Due due) {
        return new WorkListQuery(due, null, null, null, null);
    }
}
