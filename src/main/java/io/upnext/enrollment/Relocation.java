package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.State;
import io.upnext.enrollment.MigrationRoutes.Route;
import io.upnext.enrollment.MigrationRoutes.Stop;
import io.upnext.messaging.Outbox;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Versions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Moves one enrollment that cannot go on where it is: its step is gone, or waits in another way now. */
@Component
class Relocation {

    private final EnrollmentRows enrollments;
    private final EnrollmentContexts contexts;
    private final StepRunRows runs;
    private final SequenceRuntime runtime;
    private final InstanceMigration instances;
    private final PendingMigrations pending;
    private final DueTimesAnew dueTimes;
    private final Versions versions;
    private final Outbox outbox;
    private final Clock clock;

    Relocation(
            EnrollmentRows enrollments,
            EnrollmentContexts contexts,
            StepRunRows runs,
            SequenceRuntime runtime,
            InstanceMigration instances,
            PendingMigrations pending,
            DueTimesAnew dueTimes,
            Versions versions,
            Outbox outbox,
            Clock clock) {
        this.enrollments = enrollments;
        this.contexts = contexts;
        this.runs = runs;
        this.runtime = runtime;
        this.instances = instances;
        this.pending = pending;
        this.dueTimes = dueTimes;
        this.versions = versions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** @return false where it is moved later, because the mail of a removed step has begun to leave */
    boolean move(Enrollment enrollment, Passage passage, Route route, MigrationRequest request, CurrentUser by) {
        if (enrollment.processInstanceId() == null) {
            startElsewhere(enrollment, passage, route);
            return true;
        }
        List<Stop> left = route.stops().stream().filter(Stop::leaves).toList();
        List<StepRun> begun = runsOf(enrollment, left);
        Optional<StepRun> leaving =
                begun.stream().filter(run -> !outbox.cancel(run.id())).findFirst();
        if (leaving.isPresent()) {
            pending.put(enrollment.id(), leaving.get().id(), request, by);
            return false;
        }
        begun.forEach(this::cancel);
        left.forEach(stop -> runs.resumeStep(enrollment.id(), stop.position().step()));
        if (enrollment.state() == State.ERROR && begun.stream().anyMatch(run -> run.state() == StepRun.State.FAILED)) {
            enrollments.state(enrollment.id(), State.CONNECTED);
        }
        Instant pausedAt = enrollment.state() == State.PAUSED ? enrollments.pausedAt(enrollment.id()) : null;
        enter(enrollment, passage, left);
        keepLimits(enrollment, pausedAt, passage, request, left, begun);
        return true;
    }

    private List<StepRun> runsOf(Enrollment enrollment, List<Stop> left) {
        Set<String> steps = left.stream()
                .map(Stop::position)
                .filter(position -> position.place() == InstanceMigration.Place.STEP)
                .map(InstanceMigration.Position::step)
                .collect(Collectors.toSet());
        return runs.of(enrollment.id()).stream()
                .filter(run -> run.finishedAt() == null && steps.contains(run.stepId()))
                .toList();
    }

    private void cancel(StepRun run) {
        runs.finish(run.id(), StepRun.State.CANCELLED, "MIGRATED", null, null, clock.instant());
    }

    private void enter(Enrollment enrollment, Passage passage, List<Stop> left) {
        boolean paused = enrollment.state() == State.PAUSED;
        if (paused) {
            runtime.unsuspend(List.of(enrollment.processInstanceId()));
        }
        enrollments.toVersion(
                List.of(enrollment.id()), passage.to().id(), passage.to().number());
        contexts.forget(enrollment.id());
        instances.relocate(
                passage,
                enrollment.processInstanceId(),
                left.stream().map(stop -> stop.position().element()).collect(Collectors.toSet()),
                left.stream()
                        .map(Stop::entry)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
        contexts.forget(enrollment.id());
        if (paused && !contexts.lock(enrollment.id()).enrollment().ended()) {
            runtime.suspend(List.of(enrollment.processInstanceId()));
            runs.pauseAll(List.of(enrollment.id()));
        }
    }

    /** A condition that waits in another way now was entered again; it waits as long as it would have. */
    private void keepLimits(
            Enrollment enrollment,
            Instant pausedAt,
            Passage passage,
            MigrationRequest request,
            List<Stop> left,
            List<StepRun> before) {
        for (StepRun old : before) {
            boolean again = left.stream()
                    .anyMatch(stop -> stop.again() && stop.entry().step().equals(old.stepId()));
            if (again && old.dueAt() != null) {
                Duration paused = pausedAt == null ? Duration.ZERO : pausedFor(old, pausedAt);
                Instant due = limit(enrollment, passage, request, old).plus(paused);
                runs.newest(enrollment.id(), old.stepId())
                        .filter(run -> run.state() == StepRun.State.WAITING)
                        .ifPresent(run -> due(run, due));
            }
        }
    }

    private Instant limit(Enrollment enrollment, Passage passage, MigrationRequest request, StepRun old) {
        return request.dueTimes() == MigrationRequest.DueTimes.RECALCULATE
                ? dueTimes.anew(
                        contexts.lock(enrollment.id()),
                        versions.index(passage.from().id()),
                        old)
                : old.dueAt();
    }

    /** The new run counts the pause from now on only. */
    private Duration pausedFor(StepRun old, Instant pausedAt) {
        return Duration.between(old.enteredAt().isAfter(pausedAt) ? old.enteredAt() : pausedAt, clock.instant());
    }

    private void due(StepRun run, Instant due) {
        runs.due(run.id(), due);
        runtime.moveTimer(run.executionId(), due);
    }

    /** It has not begun and was to begin at a step that is gone. */
    private void startElsewhere(Enrollment enrollment, Passage passage, Route route) {
        InstanceMigration.Entry target = route.stops().get(0).entry();
        enrollments.toVersion(
                List.of(enrollment.id()), passage.to().id(), passage.to().number());
        contexts.forget(enrollment.id());
        if (target == null) {
            enrollments.end(enrollment.id(), Enrollment.Reason.COMPLETED, clock.instant());
        } else {
            enrollments.startAt(enrollment.id(), target.step());
        }
    }
}
