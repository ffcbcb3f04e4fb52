package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.messaging.Outbox;
import io.upnext.operation.Workers;
import io.upnext.record.Timeline;
import io.upnext.sequence.Sequences;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
        endAll(List.of(found.get()), reason, actor);
        return true;
    }

    /** Ends all of them, which run and are locked, in few statements however many they are. */
    void endAll(Collection<Enrollment> running, Reason reason, Actor actor) {
        List<EnrollmentId> ids = running.stream().map(Enrollment::id).toList();
        Instant now = clock.instant();
        enrollments.end(ids, reason, now);
        ids.forEach(contexts::forget);
        runs.cancelAll(ids, now);
        outbox.cancel(ids);
        exit(running.stream().filter(one -> one.processInstanceId() != null).toList(), reason);
        Map<SequenceId, String> names = new HashMap<>();
        running.forEach(one -> names.computeIfAbsent(one.sequence(), this::name));
        timeline.add(running.stream()
                .map(one -> new Timeline.Entry(
                        one.record(), now, "disconnected", actor, details(one, reason, names.get(one.sequence()))))
                .toList());
    }

    private void exit(List<Enrollment> begun, Reason reason) {
        runtime.unsuspend(begun.stream()
                .filter(one -> one.state() == Enrollment.State.PAUSED)
                .map(Enrollment::processInstanceId)
                .toList());
        List<EnrollmentId> ids = begun.stream().map(Enrollment::id).toList();
        if (ids.size() > 1) {
            // The end of each instance asks for its enrollment
            contexts.lockAll(ids);
        }
        runtime.together(begun, () -> begun.forEach(one -> runtime.exit(one.processInstanceId(), reason)));
        ids.forEach(contexts::forget);
    }

    private String name(SequenceId sequence) {
        return sequences.find(sequence).map(found -> found.name()).orElse("");
    }

    private static Map<String, String> details(Enrollment enrollment, Reason reason, String sequence) {
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
