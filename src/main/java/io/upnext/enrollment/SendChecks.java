package io.upnext.enrollment;

import io.upnext.messaging.SendGate;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.StepRunId;
import org.springframework.stereotype.Component;

/** Says at the moment of sending whether the enrollment still wants its mail. */
@Component
class SendChecks implements SendGate {

    private final EnrollmentRows enrollments;
    private final StepRunRows runs;

    SendChecks(EnrollmentRows enrollments, StepRunRows runs) {
        this.enrollments = enrollments;
        this.runs = runs;
    }

    @Override
    public Decision ask(EnrollmentId id, StepRunId stepRun) {
        Enrollment enrollment = enrollments.lock(id).orElse(null);
        if (enrollment == null) {
            return Decision.CANCEL;
        }
        if (enrollment.state() == Enrollment.State.PAUSED) {
            return Decision.HOLD;
        }
        return wanted(enrollment, stepRun) ? Decision.SEND : Decision.CANCEL;
    }

    /**
     * A seller's mail was asked for by a person: it leaves even where it was the last step and the enrollment has
     * completed meanwhile. An automated one only while its step waits for it.
     */
    private boolean wanted(Enrollment enrollment, StepRunId stepRun) {
        return runs.find(stepRun)
                .map(run -> "QUEUED".equals(run.outcome())
                        ? enrollment.live() || enrollment.state() == Enrollment.State.COMPLETED
                        : enrollment.live() && run.finishedAt() == null)
                .orElse(false);
    }
}
