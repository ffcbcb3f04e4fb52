package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.messaging.Outbox;
import io.upnext.operation.Workers;
import io.upnext.record.Timeline;
import io.upnext.sequence.Sequences;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Ends enrollments before their last step. An exit wins over everything that is still to come. */
@Component
class Exits {

    private final EnrollmentRows enrollments;
    private final ExitRequests requests;
    private final StepRunRows runs;
    private final EnrollmentContexts contexts;
    private final SequenceRuntime runtime;
    private final Outbox outbox;
    private final Timeline timeline;
    private final Sequences sequences;
    private final Workers workers;
    private final Clock clock;

    Exits(
            EnrollmentRows enrollments,
            ExitRequests requests,
            StepRunRows runs,
            EnrollmentContexts contexts,
            SequenceRuntime runtime,
            Outbox outbox,
            Timeline timeline,
            Sequences sequences,
            Workers workers,
            Clock clock) {
        this.enrollments = enrollments;
        this.requests = requests;
        this.runs = runs;
        this.contexts = contexts;
        this.runtime = runtime;
        this.outbox = outbox;
        this.timeline = timeline;
        this.sequences = sequences;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Ends the enrollment, or the innermost one it has advanced into, in the caller's transaction. Not to be called from
     * within the instance itself (a listener, a delegate): there, {@link #request} it.
     *
     * @return whether this call ended one
     */
    boolean end(EnrollmentId id, Reason reason, Actor actor) {
        Optional<Enrollment> found = innermost(id);
        if (found.isEmpty() || found.get().ended()) {
            return false;
        }
        Enrollment enrollment = found.get();
        Instant now = clock.instant();
        enrollments.end(enrollment.id(), reason, now);
        contexts.forget(enrollment.id());
        runs.cancelAll(enrollment.id(), now);
        outbox.cancel(enrollment.id());
        if (enrollment.processInstanceId() != null) {
            if (enrollment.state() == Enrollment.State.PAUSED) {
                runtime.unsuspend(enrollment.processInstanceId());
            }
            runtime.exit(enrollment.processInstanceId(), reason);
        }
        timeline.add(new Timeline.Entry(enrollment.record(), now, "disconnected", actor, details(enrollment, reason)));
        return true;
    }

    private Map<String, String> details(Enrollment enrollment, Reason reason) {
        String sequence =
                sequences.find(enrollment.sequence()).map(found -> found.name()).orElse("");
        return Map.of(
                "sequence", sequence,
                "reason", reason.name(),
                "enrollment", enrollment.id().toString());
    }

    /** Locked; of a chain of advances the one that runs now. */
    private Optional<Enrollment> innermost(EnrollmentId id) {
        Optional<Enrollment> current = enrollments.lock(id);
        while (current.isPresent()
                && current.get().reason() == Reason.ADVANCED
                && current.get().next() != null) {
            current = enrollments.lock(current.get().next());
        }
        return current;
    }

    /** Decides the end now, so that nothing more is sent, and carries it out in a transaction of its own after this one. */
    void request(EnrollmentId id, Reason reason) {
        requests.requestExit(id, reason);
        contexts.forget(id);
        workers.wake(ExitWorker.NAME);
    }
}
