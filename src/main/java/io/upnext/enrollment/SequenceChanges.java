package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.operation.Workers;
import io.upnext.sequence.EnrollmentCounts;
import io.upnext.sequence.SequenceDeactivated;
import io.upnext.sequence.SequenceDeleted;
import io.upnext.shared.SequenceId;
import java.util.Collection;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What becomes of running enrollments when their sequence is deactivated or deleted. */
@Component
class SequenceChanges implements EnrollmentCounts {

    private final ExitRequests exits;
    private final EnrollmentLists enrollments;
    private final Workers workers;

    SequenceChanges(ExitRequests exits, EnrollmentLists enrollments, Workers workers) {
        this.exits = exits;
        this.enrollments = enrollments;
        this.workers = workers;
    }

    @EventListener
    void on(SequenceDeactivated event) {
        if (event.running() == SequenceDeactivated.Running.DISCONNECT) {
            endAll(event.sequence(), Reason.SEQUENCE_DEACTIVATED);
        }
    }

    @EventListener
    void on(SequenceDeleted event) {
        endAll(event.sequence(), Reason.SEQUENCE_DELETED);
    }

    private void endAll(SequenceId sequence, Reason reason) {
        exits.requestExitOfSequence(sequence, reason);
        workers.wake(ExitWorker.NAME);
    }

    @Override
    public Map<SequenceId, Long> active(Collection<SequenceId> sequences) {
        return enrollments.active(sequences);
    }

    @Override
    public Map<Integer, Long> byVersion(SequenceId sequence) {
        return enrollments.byVersion(sequence);
    }
}
