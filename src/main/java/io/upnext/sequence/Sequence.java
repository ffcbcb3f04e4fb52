package io.upnext.sequence;

import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;

/**
 * A sequence without its steps, as lists and connects need it.
 *
 * @param activeVersion the version new enrollments run on; null unless ACTIVE
 */
public record Sequence(
        SequenceId id,
        String name,
        RecordType recordType,
        State state,
        boolean hasRevision,
        VersionId activeVersion,
        UserId owner,
        UnitId unit,
        boolean deleted) {

    public enum State {
        INACTIVE,
        ACTIVE
    }
}
