package io.upnext.sequence;

import io.upnext.shared.SequenceId;

/** A sequence takes no new enrollments any more. Published inside the transaction of the change. */
public record SequenceDeactivated(SequenceId sequence, Running running) {

    /** What becomes of the enrollments that run. */
    public enum Running {
        DISCONNECT,
        FINISH
    }
}
