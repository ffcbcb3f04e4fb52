package io.upnext.enrollment;

import io.upnext.messaging.SendGate;
import io.upnext.record.Fields;
import io.upnext.record.Records;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.StepRunId;
import org.springframework.stereotype.Component;

/** Says at the moment of sending whether the enrollment still wants its mail. */
@Component
class SendChecks implements SendGate {

    private final EnrollmentRows enrollments;
    private final StepRunRows runs;
    private final ExitFilters filters;
    private final Records records;
    private final Fields fields;
    private final Holds holds;

    SendChecks(
            EnrollmentRows enrollments,
            StepRunRows runs,
            ExitFilters filters,
            Records records,
            Fields fields,
            Holds holds) {
        this.enrollments = enrollments;
        this.runs = runs;
        this.filters = filters;
        this.records = records;
        this.fields = fields;
        this.holds = holds;
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
        if (!wanted(enrollment, stepRun) || ending(enrollment)) {
            return Decision.CANCEL;
        }
        return automated(stepRun) && holds.until(id).isPresent() ? Decision.HOLD : Decision.SEND;
    }

    /** What a person sends goes even to who is away. */
    private boolean automated(StepRunId stepRun) {
        return runs.find(stepRun).map(run -> !"QUEUED".equals(run.outcome())).orElse(true);
    }

    /** The record was closed, or meets the exit filter, a moment ago: the exit itself is about to follow. */
    private boolean ending(Enrollment enrollment) {
        boolean closed = records.find(enrollment.record())
                .map(record -> fields.isClosed(record.type(), record.state()))
                .orElse(true);
        return closed
                || (filters.has(enrollment)
                        && filters.met(
                                enrollment, records.graph(enrollment.record()).orElse(null)));
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
