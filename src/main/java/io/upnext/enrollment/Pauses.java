package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.State;
import io.upnext.messaging.Outbox;
import io.upnext.record.Timeline;
import io.upnext.sequence.Step;
import io.upnext.shared.Actor;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.StepRunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        if (context.enrollment().state() == State.PAUSED) {
            return false;
        }
        pauseAll(List.of(context), by);
        return true;
    }

    /** Of many that run and are not paused. */
    void pauseAll(Collection<EnrollmentContext> running, Actor by) {
        List<EnrollmentId> ids = ids(running);
        enrollments.pause(ids, clock.instant());
        runs.pauseAll(ids);
        runtime.suspend(instances(running));
        ids.forEach(contexts::forget);
        running.forEach(context -> remember(context, "paused", by));
    }

    private static List<EnrollmentId> ids(Collection<EnrollmentContext> of) {
        return of.stream().map(context -> context.enrollment().id()).toList();
    }

    private static List<String> instances(Collection<EnrollmentContext> of) {
        return of.stream()
                .map(context -> context.enrollment().processInstanceId())
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Goes on where it was: what was left of each wait, limit and due time is left of it now.
     *
     * @return whether this call resumed it
     * @throws ConflictException where it has ended
     */
    boolean resume(EnrollmentId id, Actor by) {
        EnrollmentContext context = running(id, "resumed");
        if (context.enrollment().state() != State.PAUSED) {
            return false;
        }
        resumeAll(List.of(context), by);
        return true;
    }

    /** Of many that are paused. */
    void resumeAll(Collection<EnrollmentContext> paused, Actor by) {
        List<EnrollmentId> ids = ids(paused);
        Instant now = clock.instant();
        Map<EnrollmentId, Instant> since = enrollments.pausedAt(ids);
        Map<EnrollmentId, List<StepRun>> waiting = runs.paused(ids);
        enrollments.resume(paused.stream()
                .map(EnrollmentContext::enrollment)
                .map(one -> new EnrollmentRows.Resumed(
                        one.id(),
                        stateOf(one, waiting.getOrDefault(one.id(), List.of())),
                        Duration.between(since.get(one.id()), now)))
                .toList());
        ids.forEach(contexts::forget);
        runtime.unsuspend(instances(paused));
        runs.resumeAll(ids);
        contexts.lockAll(ids);
        contexts.load();
        goOn(ids, since, waiting, now);
        outbox.release(ids);
        paused.forEach(context -> remember(context, "resumed", by));
    }

    private void goOn(
            List<EnrollmentId> ids,
            Map<EnrollmentId, Instant> since,
            Map<EnrollmentId, List<StepRun>> waiting,
            Instant now) {
        Map<StepRunId, Instant> due = new HashMap<>();
        List<EnrollmentContext> resumed = ids.stream().map(contexts::lock).toList();
        runtime.together(
                resumed.stream().map(EnrollmentContext::enrollment).toList(),
                () -> resumed.forEach(context -> {
                    EnrollmentId id = context.enrollment().id();
                    schedules.resumed(context, since.get(id), now);
                    waiting.getOrDefault(id, List.of())
                            .forEach(run -> goOn(context, run, pausedFor(run, since.get(id), now), due));
                }));
        runs.due(due);
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
            throw over(what);
        }
        return context;
    }

    /** @param what {@code paused} or {@code resumed} */
    static ConflictException over(String what) {
        return new ConflictException("The enrollment has ended and cannot be " + what + "; connect the record again.");
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

    private void goOn(EnrollmentContext context, StepRun run, Duration by, Map<StepRunId, Instant> moved) {
        if (run.finishedAt() != null) {
            runtime.proceed(context.enrollment(), run);
        } else if (run.type() == Step.Type.CONDITION && run.state() == StepRun.State.WAITING) {
            decide(context, run, by, moved);
        } else if (run.isOpen() || run.type() == Step.Type.WAIT) {
            postpone(run, by, moved);
        }
    }

    /** What happened to the mail during the pause counts as if it happened now. */
    private void decide(EnrollmentContext context, StepRun run, Duration by, Map<StepRunId, Instant> moved) {
        Step.Condition condition = (Step.Condition) context.step(run.stepId());
        boolean atOnce = condition.decide() != Step.Condition.Decide.AT_LIMIT;
        if (atOnce && conditions.happened(context, condition)) {
            runtime.happened(run.executionId(), run.stepId());
        } else if (conditions.notSent(context, condition)) {
            runtime.endTimer(run.executionId());
        } else {
            postpone(run, by, moved);
        }
    }

    private void postpone(StepRun run, Duration by, Map<StepRunId, Instant> moved) {
        if (run.dueAt() == null) {
            return;
        }
        Instant due = run.dueAt().plus(by);
        moved.put(run.id(), due);
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
