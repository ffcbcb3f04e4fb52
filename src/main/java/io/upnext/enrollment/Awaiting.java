package io.upnext.enrollment;

import io.upnext.enrollment.Awaited.Kind;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Step;
import io.upnext.sequence.Versions;
import io.upnext.shared.EnrollmentId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Says of enrollments what they wait for, any number of them in the same few statements. */
@Component
class Awaiting {

    private final StepRunRows runs;
    private final EnrollmentClockRows clocks;
    private final Versions versions;
    private final Clock clock;

    Awaiting(StepRunRows runs, EnrollmentClockRows clocks, Versions versions, Clock clock) {
        this.runs = runs;
        this.clocks = clocks;
        this.versions = versions;
        this.clock = clock;
    }

    /** @param current of each the steps it is at, with planned times */
    Map<EnrollmentId, List<Awaited>> of(Collection<Enrollment> enrollments, Map<EnrollmentId, List<StepRun>> current) {
        List<EnrollmentId> scheduled = enrollments.stream()
                .filter(enrollment ->
                        begun(enrollment) && definition(enrollment).effectiveMode() != Mode.ADAPTIVE)
                .map(Enrollment::id)
                .toList();
        Map<EnrollmentId, EnrollmentClock> times = scheduled.isEmpty() ? Map.of() : clocks.findAll(scheduled);
        Map<EnrollmentId, Set<String>> visited = scheduled.isEmpty() ? Map.of() : runs.visited(scheduled);
        Map<EnrollmentId, List<Awaited>> awaited = new HashMap<>();
        for (Enrollment enrollment : enrollments) {
            List<StepRun> at = current.getOrDefault(enrollment.id(), List.of());
            List<Awaited> waits = new ArrayList<>(steps(enrollment, at));
            if (!enrollment.ended() && enrollment.processInstanceId() == null && enrollment.startAt() != null) {
                waits.add(new Awaited(Kind.START, null, null, null, null, known(enrollment, enrollment.startAt())));
            }
            EnrollmentClock next = times.get(enrollment.id());
            if (next != null) {
                waits.addAll(next(enrollment, next, visited.getOrDefault(enrollment.id(), Set.of()), at.isEmpty()));
            }
            awaited.put(enrollment.id(), waits);
        }
        return awaited;
    }

    private static boolean begun(Enrollment enrollment) {
        return !enrollment.ended() && enrollment.processInstanceId() != null;
    }

    private List<Awaited> steps(Enrollment enrollment, List<StepRun> at) {
        return at.stream()
                .filter(run -> run.state() == StepRun.State.WAITING)
                .map(run -> new Awaited(
                        Kind.STEP,
                        run.stepId(),
                        run.stepName(),
                        versions.index(enrollment.version()).step(run.stepId()).orElse(null),
                        null,
                        known(enrollment, run.dueAt())))
                .toList();
    }

    /** @param idle is it at no step? */
    private List<Awaited> next(Enrollment enrollment, EnrollmentClock next, Set<String> visited, boolean idle) {
        Definition definition = definition(enrollment);
        boolean byDays = definition.effectiveMode() == Mode.CLASSIC;
        boolean waits = byDays ? !visited.contains(next.stepId()) : next.dueAt().isAfter(clock.instant());
        if (waits) {
            return List.of(
                    byDays
                            ? day(enrollment, next)
                            : new Awaited(Kind.RUN, null, null, null, null, known(enrollment, next.dueAt())));
        }
        boolean stays = idle && !EffectiveOptions.of(definition).exitWhenDone();
        return stays ? List.of(new Awaited(Kind.NEW_STEPS, null, null, null, null, null)) : List.of();
    }

    private Awaited day(Enrollment enrollment, EnrollmentClock next) {
        Step step = versions.index(enrollment.version()).step(next.stepId()).orElse(null);
        String name = step == null ? next.stepId() : StartedTask.nameOf(step);
        Integer day = step == null ? null : step.timing().day();
        return new Awaited(Kind.DAY, next.stepId(), name, step, day, known(enrollment, next.dueAt()));
    }

    /** A pause moves it by nobody knows how much. */
    private static Instant known(Enrollment enrollment, Instant at) {
        return enrollment.state() == Enrollment.State.PAUSED ? null : at;
    }

    private Definition definition(Enrollment enrollment) {
        return versions.get(enrollment.version()).definition();
    }
}
