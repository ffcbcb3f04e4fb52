package io.upnext.sequence;

import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import java.time.Instant;

/**
 * A sequence with what is being edited, or else what its newest version froze.
 *
 * @param version number of the active version, or of the newest; null before the first activation
 * @param activeEnrollments how many run: connecting, connected, paused or in error
 * @param edition counts changes of the content; an edit names the one it began with
 */
public record SequenceView(
        SequenceId id,
        Definition definition,
        Sequence.State state,
        Integer version,
        UserId owner,
        long activeEnrollments,
        boolean hasRevision,
        Instant createdAt,
        Instant updatedAt,
        long edition) {

    public boolean active() {
        return state == Sequence.State.ACTIVE;
    }

    /** May it be edited as it is, without beginning a revision first? */
    public boolean editable() {
        return !active() || hasRevision;
    }
}
