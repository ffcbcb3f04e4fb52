package io.upnext.enrollment;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.Step;
import io.upnext.shared.DaySchedule;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RunInterval;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/**
 * The clock of Classic and Smart sequences: when the engine's timers fire, called inside the engine's transaction, which
 * holds the enrollment's lock from then on.
 */
@Component
public class Schedules {

    private final EnrollmentContexts contexts;
    private final EnrollmentClockRows clocks;
    private final SequenceRuntime runtime;
    private final ModeTimes times;
    private final Clock clock;

    Schedules(
            EnrollmentContexts contexts,
            EnrollmentClockRows clocks,
            SequenceRuntime runtime,
            ModeTimes times,
            Clock clock) {
        this.contexts = contexts;
        this.clocks = clocks;
        this.runtime = runtime;
        this.times = times;
        this.clock = clock;
    }

    /** When the Classic step's day begins; earlier today where the step before it took its time. */
    public Instant day(EnrollmentId id, String stepId) {
        EnrollmentContext context = contexts.lock(id);
        DaySchedule days = times.days(definition(context));
        EnrollmentClock before = clock(context);
        LocalDate dayOne = before == null ? dayOne(context.enrollment(), definition(context), days) : before.dayOne();
        int day = context.step(stepId).timing().day();
        Instant now = clock.instant();
        boolean again = before != null
                && stepId.equals(before.stepId())
                && !days.on(dayOne, day).isAfter(now);
        if (!again) {
            dayOne = days.caughtUp(dayOne, day, now);
        }
        Instant due = again ? days.next(now) : days.on(dayOne, day);
        return put(context, new EnrollmentClock(id, dayOne, due, stepId));
    }

    /** Who begins at a step has the day of that step as the first one. */
    static LocalDate dayOne(Enrollment enrollment, Definition definition, DaySchedule days) {
        LocalDate first = days.dayOne(ModeTimes.beginning(enrollment));
        return definition.steps().stream()
                .filter(step -> step.id().equals(enrollment.startStep()))
                .findFirst()
                .map(step -> first.minusDays(step.timing().day() - 1L))
                .orElse(first);
    }

    /** When the next run of a Smart sequence takes place. */
    public Instant run(EnrollmentId id) {
        EnrollmentContext context = contexts.lock(id);
        RunInterval runs = times.runs(definition(context));
        EnrollmentClock before = clock(context);
        Instant now = clock.instant();
        Instant due;
        if (before == null) {
            due = runs.first(ModeTimes.beginning(context.enrollment()));
        } else {
            due = before.dueAt().isAfter(now) ? before.dueAt() : runs.nextNotBefore(before.dueAt(), now);
        }
        return put(context, new EnrollmentClock(id, null, due, null));
    }

    private Instant put(EnrollmentContext context, EnrollmentClock next) {
        context.clock(next);
        contexts.insert(next);
        return next.dueAt();
    }

    /** Null where none of its timers began yet; for one that is just being started nothing is read. */
    private EnrollmentClock clock(EnrollmentContext context) {
        Enrollment enrollment = context.enrollment();
        if (context.clock() == null && enrollment.processInstanceId() != null) {
            clocks.find(enrollment.id()).ifPresent(context::clock);
        }
        return context.clock();
    }

    /** After a pause: the times of day that passed meanwhile do not count. */
    void resumed(EnrollmentContext context, Instant since, Instant until) {
        Definition definition = definition(context);
        EnrollmentClock before = definition.effectiveMode() == Mode.ADAPTIVE ? null : clock(context);
        if (before == null) {
            return;
        }
        EnrollmentClock after = definition.effectiveMode() == Mode.SMART
                ? smart(before, times.runs(definition), since, until)
                : classic(before, context, times.days(definition), since, until);
        context.clock(after);
        contexts.insert(after);
        runtime.moveClock(context.enrollment().processInstanceId(), after.dueAt());
    }

    private static EnrollmentClock smart(EnrollmentClock before, RunInterval runs, Instant since, Instant until) {
        Instant due = runs.postponed(before.dueAt(), since, until);
        return new EnrollmentClock(before.enrollment(), null, due, null);
    }

    private static EnrollmentClock classic(
            EnrollmentClock before, EnrollmentContext context, DaySchedule days, Instant since, Instant until) {
        LocalDate dayOne = before.dayOne().plusDays(days.timesBetween(since, until));
        Step step = context.steps().step(before.stepId()).orElse(null);
        Instant due = step == null || step.timing().day() == null
                ? before.dueAt()
                : days.on(dayOne, step.timing().day());
        return new EnrollmentClock(before.enrollment(), dayOne, due, before.stepId());
    }

    private static Definition definition(EnrollmentContext context) {
        return context.version().definition();
    }
}
