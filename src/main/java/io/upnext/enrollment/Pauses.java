package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.State;
import io.upnext.messaging.Outbox;
import io.upnext.record.Timeline;
import io.upnext.sequence.Step;
import io.upnext.shared.Actor;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Pausing and resuming. While an enrollment is paused nothing is sent, no timer runs and nobody works its steps; replies
 * and other exits still end it, and what else happens to its mails is looked at when it is resumed.
 */
@Component
class Pauses {

    private final EnrollmentRows enrollments;
    private final StepRunRows runs;
    private final EnrollmentContexts contexts;
    private final MailConditions conditions;
    private final Schedules schedules;
    private final SequenceRuntime runtime;
    private final Outbox outbox;
    private final Timeline timeline;
    private final Clock clock;

    Pauses(
            EnrollmentRows enrollments,
            StepRunRows runs,
            EnrollmentContexts contexts,
            MailConditions conditions,
            Schedules schedules,
            SequenceRuntime runtime,
            Outbox outbox,
            Timeline timeline,
            Clock clock) {
        this.enrollments = enrollments;
        this.runs = runs;
        this.contexts = contexts;
        this.conditions = conditions;
        this.schedules = schedules;
        this.runtime = runtime;
        this.outbox = outbox;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * In the caller's transaction; one that is paused already stays as it is.
     *
     * @return whether this call paused it
     * @throws ConflictException where it has ended
     */
    boolean pause(EnrollmentId id, Actor by) {
        EnrollmentContext context = running(id, "paused");
        Enrollment enrollment = context.enrollment();
        if (enrollment.state() == State.PAUSED) {
            return false;
        }
        enrollments.pause(id, clock.instant());
        runs.pauseAll(id);
        if (enrollment.processInstanceId() != null) {
            runtime.suspend(enrollment.processInstanceId());
        }
        contexts.forget(id);
        remember(context, "paused", by);
        return true;
    }

    /**
     * Goes on where it was: what was left of each wait, limit and due time is left of it now.
     *
     * @return whether this call resumed it
     * @throws ConflictException where it has ended
     */
    boolean resume(EnrollmentId id, Actor by) {
        EnrollmentContext context = running(id, "resumed");
        Enrollment enrollment = context.enrollment();
        if (enrollment.state() != State.PAUSED) {
            return false;
        }
        Instant now = clock.instant();
        Instant since = enrollments.pausedAt(id);
        List<StepRun> waiting = runs.paused(id);
        enrollments.resume(id, stateOf(enrollment, waiting), Duration.between(since, now));
        contexts.forget(id);
        if (enrollment.processInstanceId() != null) {
            runtime.unsuspend(enrollment.processInstanceId());
        }
        runs.resumeAll(id);
        EnrollmentContext resumed = contexts.lock(id);
        schedules.resumed(resumed, since, now);
        waiting.forEach(run -> goOn(resumed, run, pausedFor(run, since, now)));
        outbox.release(id);
        remember(context, "resumed", by);
        return true;
    }

    /** An automated step is settled: the process goes on, at once or when the enrollment is resumed. */
    void proceed(EnrollmentContext context, StepRun run) {
        if (context.enrollment().state() == State.PAUSED) {
            runs.pause(run.id());
        } else {
            runtime.proceed(context.enrollment(), run);
        }
    }

    private EnrollmentContext running(EnrollmentId id, String what) {
        EnrollmentContext context = contexts.lock(id);
        if (!context.enrollment().live()) {
            throw new ConflictException(
                    "The enrollment has ended and cannot be " + what + "; connect the record again.");
        }
        return context;
    }

    private static State stateOf(Enrollment enrollment, List<StepRun> waiting) {
        if (enrollment.processInstanceId() == null) {
            return State.CONNECTING;
        }
        boolean failed = waiting.stream().anyMatch(run -> run.state() == StepRun.State.FAILED);
        return failed ? State.ERROR : State.CONNECTED;
    }

    private static Duration pausedFor(StepRun run, Instant since, Instant now) {
        return Duration.between(run.enteredAt().isAfter(since) ? run.enteredAt() : since, now);
    }

    private void goOn(EnrollmentContext context, StepRun run, Duration by) {
        if (run.finishedAt() != null) {
            runtime.proceed(context.enrollment(), run);
        } else if (run.type() == Step.Type.CONDITION && run.state() == StepRun.State.WAITING) {
            decide(context, run, by);
        } else if (run.isOpen() || run.type() == Step.Type.WAIT) {
            postpone(run, by);
        }
    }

    /** What happened to the mail during the pause counts as if it happened now. */
    private void decide(EnrollmentContext context, StepRun run, Duration by) {
        Step.Condition condition = (Step.Condition) context.step(run.stepId());
        boolean atOnce = condition.decide() != Step.Condition.Decide.AT_LIMIT;
        if (atOnce && conditions.happened(context, condition)) {
            runtime.happened(run.executionId(), run.stepId());
        } else if (conditions.notSent(context, condition)) {
            runtime.endTimer(run.executionId());
        } else {
            postpone(run, by);
        }
    }

    private void postpone(StepRun run, Duration by) {
        if (run.dueAt() == null) {
            return;
        }
        Instant due = run.dueAt().plus(by);
        runs.due(run.id(), due);
        if (run.taskId() != null) {
            runtime.due(run.taskId(), due);
        } else if (run.executionId() != null) {
            runtime.moveTimer(run.executionId(), due);
        }
    }

    private void remember(EnrollmentContext context, String kind, Actor by) {
        Enrollment enrollment = context.enrollment();
        timeline.add(new Timeline.Entry(
                enrollment.record(),
                clock.instant(),
                kind,
                by,
                Map.of(
                        "sequence",
                        context.sequence().name(),
                        "enrollment",
                        enrollment.id().toString())));
    }
}
