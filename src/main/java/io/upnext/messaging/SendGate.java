package io.upnext.messaging;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.StepRunId;

/**
 * Port: asked inside the claiming transaction whether a mail may still leave. The implementation locks the enrollment,
 * so that an exit and a claim cannot pass each other.
 */
public interface SendGate {

    Decision ask(EnrollmentId enrollment, StepRunId stepRun);

    enum Decision {
        SEND,
        /** Paused: ask again later. */
        HOLD,
        /** Ended or about to end, or the step is over: never send. */
        CANCEL
    }
}
