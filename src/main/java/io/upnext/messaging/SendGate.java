package io.upnext.messaging;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.StepRunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Port: asked inside the claiming transaction whether mails may still leave. The implementation locks the enrollments,
 * in the same order whoever asks, so that an exit and a claim cannot pass each other, and two claims not block each
 * other.
 */
public interface SendGate {

    /** An answer for each step run. */
    Map<StepRunId, Decision> ask(Collection<Question> questions);

    default Decision ask(EnrollmentId enrollment, StepRunId stepRun) {
        return ask(List.of(new Question(enrollment, stepRun))).get(stepRun);
    }

    record Question(EnrollmentId enrollment, StepRunId stepRun) {}

    enum Decision {
        SEND,
        /** Paused: ask again later. */
        HOLD,
        /** Ended or about to end, or the step is over: never send. */
        CANCEL
    }
}
