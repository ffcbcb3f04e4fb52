package io.upnext.enrollment;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;
import java.time.Instant;

/**
 * One record going through one version of a sequence.
 *
 * @param startAt while CONNECTING: when it is to start
 * @param exitRequested why it is to end, where that is decided but not yet carried out; nothing is sent from then on
 * @param previous the enrollment that advanced into this one; {@code next} the one this one advanced into
 * @param hops how many advances led here
 */
public record Enrollment(
        EnrollmentId id,
        SequenceId sequence,
        VersionId version,
        int versionNumber,
        RecordId record,
        RecordType recordType,
        State state,
        Reason reason,
        Reason exitRequested,
        UserId connectedBy,
        Instant connectedAt,
        Instant startAt,
        String startStep,
        Instant endedAt,
        String processInstanceId,
        EnrollmentId previous,
        EnrollmentId next,
        int hops) {

    public enum State {
        CONNECTING,
        CONNECTED,
        PAUSED,
        ERROR,
        COMPLETED,
        DISCONNECTED
    }

    /** Why an enrollment ended. */
    public enum Reason {
        COMPLETED(State.COMPLETED),
        ADVANCED(State.COMPLETED),
        USER(State.DISCONNECTED),
        SEQUENCE_DEACTIVATED(State.DISCONNECTED),
        SEQUENCE_DELETED(State.DISCONNECTED),
        RECORD_CLOSED(State.DISCONNECTED),
        REPLIED(State.DISCONNECTED),
        UNSUBSCRIBED(State.DISCONNECTED),
        BOUNCED(State.DISCONNECTED),
        CRITERIA_MET(State.DISCONNECTED),
        ERASED(State.DISCONNECTED);

        private final State state;

        Reason(State state) {
            this.state = state;
        }

        /** The state an enrollment that ended for this reason is in. */
        public State state() {
            return state;
        }
    }

    public boolean ended() {
        return endedAt != null;
    }

    /** It runs and nothing has been decided that ends it. */
    public boolean live() {
        return !ended() && exitRequested == null;
    }
}
