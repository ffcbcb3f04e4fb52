package io.upnext.enrollment.abtest;

import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;
import java.time.Instant;

/**
 * The state of one A/B test: of one step in one version of a sequence.
 *
 * @param assignedA how many got A for the test's sake, whatever became of the mail
 * @param looks how often somebody looked at the difference
 * @param happenedThen successes of both sides at the last look
 * @param winner null while it runs
 * @param seen what was seen at the last look, or null
 * @param p of the last look
 * @param level what p had to reach at the last look
 */
public record TestRow(
        Key key,
        SequenceId sequence,
        int assignedA,
        int assignedB,
        int looks,
        int happenedThen,
        Variant winner,
        Decision decision,
        Instant decidedAt,
        UserId decidedBy,
        Evidence seen,
        Double p,
        Double level) {

    /** Each version of a sequence tests anew. */
    public record Key(VersionId version, String stepId) {}

    /** How a test came to its end. */
    public enum Decision {
        /** One version was clearly better. */
        SIGNIFICANT,
        /** The end came first. */
        DEFAULT,
        /** A person chose. */
        STOPPED
    }

    public boolean decided() {
        return winner != null;
    }
}
