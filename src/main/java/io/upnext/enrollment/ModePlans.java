package io.upnext.enrollment;

import io.upnext.sequence.Definition;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Step;
import io.upnext.shared.DaySchedule;
import io.upnext.shared.RunInterval;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a Classic or Smart sequence would do with a record: pure, with the arithmetic of the engine's timers. People are
 * taken to finish a step when it is due, prospects to do nothing; the conditions of steps are asked of the record as it is
 * now and as the plan's own steps change it.
 */
final class ModePlans {

    /** Repeatable steps would go on for ever. */
    private static final int MOST_RUNS = 50;

    /** Runs at which nothing happens because a step is still open: hourly ones of more than a year. */
    private static final int MOST_LOOKS = 10_000;

    private static final String SKIPPED = "Skipped: its condition does not hold.";

    private final Definition definition;
    private final PlanWalk.Times times;
    private final PlanWalk.Details details;
    private final List<Plan.Entry> entries = new ArrayList<>();
    private final List<Plan.End> ends = new ArrayList<>();
    private final Map<String, Object> known = new HashMap<>();
    private final Map<String, Instant> open = new HashMap<>();

    private ModePlans(Definition definition, PlanWalk.Times times, PlanWalk.Details details) {
        this.definition = definition;
        this.times = times;
        this.details = details;
        known.putAll(LastMail.values(null));
    }

    static Plan classic(
            Definition definition, DaySchedule days, PlanWalk.Times times, PlanWalk.Details details, Instant start) {
        ModePlans plan = new ModePlans(definition, times, details);
        plan.days(days, start);
        return new Plan(plan.entries, plan.ends, false);
    }

    static Plan smart(
            Definition definition, RunInterval runs, PlanWalk.Times times, PlanWalk.Details details, Instant start) {
        ModePlans plan = new ModePlans(definition, times, details);
        boolean truncated = plan.runs(runs, start);
        return new Plan(plan.entries, plan.ends, truncated);
    }

    private void days(DaySchedule days, Instant start) {
        LocalDate dayOne = days.dayOne(start);
        Instant at = start;
        for (Step step : definition.steps()) {
            dayOne = days.caughtUp(dayOne, step.timing().day(), at);
            Instant day = days.on(dayOne, step.timing().day());
            at = day.isAfter(at) ? day : at;
            while (step instanceof Step.Advance && isOpen(null, at)) {
                at = days.next(at);
            }
            if (holds(step)) {
                at = step(step, at);
            } else {
                skipped(step, at);
            }
            if (!ends.isEmpty()) {
                return;
            }
        }
        end(at);
    }

    private boolean runs(RunInterval runs, Instant start) {
        Set<String> visited = new HashSet<>();
        Instant at = start;
        Instant run = runs.first(start);
        for (int looks = 0; looks < MOST_LOOKS && entries.size() < MOST_RUNS; looks++) {
            Instant now = run;
            SmartTurns turns = new SmartTurns(definition, null, visited::contains, id -> isOpen(id, now));
            if (!turns.anyLeft()) {
                end(at);
                return false;
            }
            Step step = turns.left().stream()
                    .filter(left -> turns.mayRun(left) && holds(left))
                    .findFirst()
                    .orElse(null);
            if (step == null && !isOpen(null, now)) {
                return false;
            }
            if (step != null) {
                visited.add(step.id());
                at = step(step, run);
                if (!ends.isEmpty()) {
                    return false;
                }
            }
            run = step == null ? runs.next(run) : runs.nextNotBefore(run, at);
        }
        return true;
    }

    /** @return when what follows may come */
    private Instant step(Step step, Instant at) {
        if (step.type().manual()) {
            Instant regular = step instanceof Step.Instructed task ? times.after(task.dueIn(), at) : at;
            Instant due = details.due(at, regular);
            entries.add(details.entry(step, at, due, List.of()));
            open.merge(step.id(), due, (one, other) -> one.isAfter(other) ? one : other);
            return at;
        }
        Instant leaves = details.leaves(step, at);
        entries.add(details.entry(step, leaves, null, List.of()));
        if (step instanceof Step.UpdateField update) {
            known.put(update.field(), update.value());
        } else if (step instanceof Step.Advance) {
            ends.add(new Plan.End(leaves, List.of(), Enrollment.Reason.ADVANCED));
        } else if (step.type().mail() && !details.refused(step)) {
            known.putAll(LastMail.values(Set.of()));
        }
        return leaves;
    }

    private void skipped(Step step, Instant at) {
        Plan.Entry entry = details.entry(step, at, null, List.of());
        entries.add(new Plan.Entry(
                entry.step(), at, null, entry.branch(), entry.kind(), null, entry.assignee(), SKIPPED, null, null));
    }

    private boolean holds(Step step) {
        return step.timing().when() == null || details.holds(step.timing().when(), known);
    }

    /** A step that is due at the moment asked about is still open: whoever does it does not do it before. */
    private boolean isOpen(String step, Instant at) {
        return step == null
                ? open.values().stream().anyMatch(until -> !until.isBefore(at))
                : open.containsKey(step) && !open.get(step).isBefore(at);
    }

    private void end(Instant at) {
        if (EffectiveOptions.of(definition).exitWhenDone()) {
            Instant last = Stream.concat(Stream.of(at), open.values().stream())
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .orElseThrow();
            ends.add(new Plan.End(last, List.of(), Enrollment.Reason.COMPLETED));
        }
    }
}
