package io.upnext.enrollment.audience;

import io.upnext.record.RecordSelections.Selection;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Sequence;
import io.upnext.shared.Problem;

/**
 * Whom an audience finds at the moment, or why it cannot connect anybody.
 *
 * @param found null where there is a problem
 * @param asksForSequences connecting may change whether a record fits
 */
record Reach(CurrentUser owner, Sequence sequence, Selection found, boolean asksForSequences, Problem problem) {

    static Reach none(String rule, String message) {
        return new Reach(null, null, null, false, Problem.error(rule, message));
    }

    boolean works() {
        return problem == null;
    }
}
