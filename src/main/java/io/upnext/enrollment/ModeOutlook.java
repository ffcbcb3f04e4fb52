package io.upnext.enrollment;

import io.upnext.enrollment.Upcoming.Coming;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.Step;
import io.upnext.shared.DaySchedule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What may come next in a Classic or Smart sequence, whatever is open beside it. */
@Component
class ModeOutlook {

    private final EnrollmentClockRows clocks;
    private final ModeTimes times;
    private final Clock clock;

    ModeOutlook(EnrollmentClockRows clocks, ModeTimes times, Clock clock) {
        this.clocks = clocks;
        this.times = times;
        this.clock = clock;
    }

    /** In their order; conditions are looked at when the time has come. */
    List<Coming> of(Enrollment enrollment, Definition definition, List<StepRun> runs) {
        EnrollmentClock at = clocks.find(enrollment.id()).orElse(null);
        return definition.effectiveMode() == Mode.SMART
                ? smart(enrollment, definition, runs, at)
                : classic(enrollment, definition, runs, at);
    }

    private List<Coming> classic(Enrollment enrollment, Definition definition, List<StepRun> runs, EnrollmentClock at) {
        DaySchedule days = times.days(definition);
        String from = at == null ? enrollment.startStep() : at.stepId();
        List<Step> left = visited(runs, from) ? after(definition.steps(), from) : from(definition.steps(), from);
        LocalDate dayOne = at != null ? at.dayOne() : Schedules.dayOne(enrollment, definition, days);
        List<Coming> coming = new ArrayList<>();
        for (Step step : left) {
            Instant due = days.on(dayOne, step.timing().day());
            coming.add(new Coming(StepRunView.Info.of(step), due.isBefore(clock.instant()) ? null : due));
        }
        return coming;
    }

    /** The next run takes the first step, if its condition lets it. */
    private List<Coming> smart(Enrollment enrollment, Definition definition, List<StepRun> runs, EnrollmentClock at) {
        Instant next = at == null
                ? times.runs(definition).first(ModeTimes.beginning(enrollment))
                : at.dueAt().isAfter(clock.instant()) ? at.dueAt() : null;
        SmartTurns turns =
                new SmartTurns(definition, enrollment.startStep(), id -> visited(runs, id), id -> isOpen(runs, id));
        List<Coming> coming = new ArrayList<>();
        for (Step step : turns.left()) {
            boolean sure = coming.isEmpty() && step.timing().when() == null && turns.mayRun(step);
            coming.add(new Coming(StepRunView.Info.of(step), sure ? next : null));
        }
        return coming;
    }

    private static boolean visited(List<StepRun> runs, String step) {
        return runs.stream().anyMatch(run -> run.stepId().equals(step));
    }

    private static boolean isOpen(List<StepRun> runs, String step) {
        return runs.stream()
                .anyMatch(run -> run.isOpen() && (step == null || run.stepId().equals(step)));
    }

    private static List<Step> from(List<Step> steps, String id) {
        return steps.subList(Math.max(0, position(steps, id)), steps.size());
    }

    private static List<Step> after(List<Step> steps, String id) {
        return steps.subList(position(steps, id) + 1, steps.size());
    }

    private static int position(List<Step> steps, String id) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
