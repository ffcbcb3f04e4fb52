package io.upnext.sequence;

import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;
import java.time.Instant;

/**
 * A sequence as the table has it.
 *
 * @param draft what is being edited, or null
 * @param content the draft, or else what the newest version froze; with the tags of the sequence
 */
record SequenceRow(
        SequenceId id,
        String name,
        RecordType recordType,
        Sequence.State state,
        boolean draft,
        Definition content,
        long edition,
        VersionId latestVersion,
        int latestNumber,
        UserId owner,
        UnitId unit,
        Instant createdAt,
        Instant updatedAt,
        boolean deleted) {

    boolean active() {
        return state == Sequence.State.ACTIVE;
    }

    boolean hasRevision() {
        return active() && draft;
    }

    Sequence summary() {
        return new Sequence(
                id, name, recordType, state, hasRevision(), active() ? latestVersion : null, owner, unit, deleted);
    }

    SequenceView view(long activeEnrollments) {
        return new SequenceView(
                id,
                content,
                state,
                latestNumber == 0 ? null : latestNumber,
                owner,
                activeEnrollments,
                hasRevision(),
                createdAt,
                updatedAt,
                edition);
    }
}
