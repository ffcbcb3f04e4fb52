package io.upnext.enrollment.simulation;

import io.upnext.sequence.Definition;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Step;
import io.upnext.shared.DaySchedule;
import io.upnext.shared.RunInterval;
import io.upnext.shared.filter.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * As {@link Walk}, for the Classic mode (each step on its day, manual ones hold nothing up) and the Smart mode (at each run
 * the first step whose turn it is). Who still waits after a year is counted as such.
 */
public final class ScheduledWalk implements Way {

    private static final Duration HORIZON = Duration.ofDays(365);

    private final List<Step> steps;
    private final EffectiveOptions options;
    private final World world;
    private final Doing doing;
    private final DaySchedule days;
    private final RunInterval runs;
    /** By the place in the list of the step whose day it is in the Classic mode. */
    private final Agenda<Integer> agenda = new Agenda<>();

    private final Map<Traveller, Course> courses = new HashMap<>();
    private final Tally tally;
    private Onward onward = (traveller, step, at) -> true;

    /** Where one of them is. */
    private static final class Course {
        private final Instant began;
        private final Set<String> visited = new HashSet<>();
        private final Map<String, Instant> openUntil = new HashMap<>();
        private String lastMail;
        private boolean ended;

        private Course(Instant began) {
            this.began = began;
        }

        private boolean open(String step, Instant at) {
            return openUntil.containsKey(step) && openUntil.get(step).isAfter(at);
        }

        private Instant allDone(Instant at) {
            return openUntil.values().stream()
                    .filter(until -> until.isAfter(at))
                    .max(Comparator.naturalOrder())
                    .orElse(at);
        }
    }

    private ScheduledWalk(Definition definition, World world, DaySchedule days, RunInterval runs) {
        this.steps = definition.steps() == null ? List.of() : definition.steps();
        this.options = EffectiveOptions.of(definition);
        this.world = world;
        this.doing = new Doing(world);
        this.days = days;
        this.runs = runs;
        this.tally = new Tally(steps.stream().map(Step::id));
    }

    public static ScheduledWalk classic(Definition definition, DaySchedule days, World world) {
        return new ScheduledWalk(definition, world, days, null);
    }

    public static ScheduledWalk smart(Definition definition, RunInterval runs, World world) {
        return new ScheduledWalk(definition, world, runs.schedule(), runs);
    }

    @Override
    public EffectiveOptions options() {
        return options;
    }

    @Override
    public void enter(Traveller traveller, Instant at) {
        courses.put(traveller, new Course(at));
        plan(runs == null ? days.on(days.dayOne(at), day(0)) : runs.first(at), traveller, 0);
    }

    @Override
    public Instant next() {
        return agenda.next();
    }

    @Override
    public void move() {
        move(agenda.take());
    }

    @Override
    public void onward(Onward other) {
        onward = other;
    }

    @Override
    public Outcome outcome() {
        return tally.outcome(agenda.next() != null);
    }

    private int day(int step) {
        return step < steps.size() ? steps.get(step).timing().day() : 1;
    }

    private void plan(Instant at, Traveller traveller, int step) {
        agenda.plan(at, traveller, step);
    }

    private void move(Agenda.Move<Integer> move) {
        Traveller traveller = move.traveller();
        Course course = courses.get(traveller);
        if (course.ended) {
            return;
        }
        if (traveller.goneBy(move.at())) {
            end(course, traveller.leavesFor(), traveller.leavesAt());
        } else if (move.at().isAfter(course.began.plus(HORIZON))) {
            end(course, Ending.WAITING, move.at());
        } else if (runs == null) {
            classic(move, course);
        } else {
            smart(move, course);
        }
    }

    private void classic(Agenda.Move<Integer> move, Course course) {
        if (move.place() >= steps.size()) {
            finish(move, course);
            return;
        }
        if (world.exits(move.traveller().number)) {
            end(course, Ending.CRITERIA_MET, move.at());
            return;
        }
        Step step = steps.get(move.place());
        Instant on = move.at();
        if (holds(move.traveller(), course, step, on)) {
            if (step instanceof Step.Advance advance) {
                advance(move.traveller(), course, advance, course.allDone(on));
                return;
            }
            Optional<Instant> done = enter(move.traveller(), course, step, on);
            if (done.isEmpty()) {
                end(course, Ending.STUCK, on);
                return;
            }
            on = step.type().manual() ? on : done.get();
        }
        int next = move.place() + 1;
        Instant due = next < steps.size() ? days.on(days.dayOne(course.began), day(next)) : on;
        plan(due.isAfter(on) ? due : on, move.traveller(), next);
    }

    /** Manual steps hold nothing up, but the end waits for them; until then a reply may still come. */
    private void finish(Agenda.Move<Integer> move, Course course) {
        Instant done = course.allDone(move.at());
        if (done.isAfter(move.at()) && world.exits(move.traveller().number)) {
            end(course, Ending.CRITERIA_MET, move.at());
        } else if (done.isAfter(move.at())) {
            plan(done, move.traveller(), steps.size());
        } else {
            end(course, Ending.COMPLETED, done);
        }
    }

    private void smart(Agenda.Move<Integer> move, Course course) {
        Instant at = move.at();
        List<Step> left = steps.stream()
                .filter(step -> Boolean.TRUE.equals(step.timing().repeat()) || !course.visited.contains(step.id()))
                .toList();
        if (left.isEmpty()) {
            finish(move, course);
            return;
        }
        if (world.exits(move.traveller().number)) {
            end(course, Ending.CRITERIA_MET, at);
            return;
        }
        Step turn = left.stream()
                .filter(step -> mayRun(step, course, at) && holds(move.traveller(), course, step, at))
                .findFirst()
                .orElse(null);
        if (turn instanceof Step.Advance advance) {
            advance(move.traveller(), course, advance, at);
            return;
        }
        Instant after = at;
        if (turn != null) {
            Optional<Instant> done = enter(move.traveller(), course, turn, at);
            if (done.isEmpty()) {
                end(course, Ending.STUCK, at);
                return;
            }
            after = turn.type().manual() ? at : done.get();
        }
        boolean nothingLeft = turn != null
                && left.size() == 1
                && !Boolean.TRUE.equals(turn.timing().repeat());
        plan(nothingLeft ? after : runs.nextNotBefore(at, after), move.traveller(), move.place());
    }

    private static boolean mayRun(Step step, Course course, Instant at) {
        return step instanceof Step.Advance ? !course.allDone(at).isAfter(at) : !course.open(step.id(), at);
    }

    private Optional<Instant> enter(Traveller traveller, Course course, Step step, Instant at) {
        tally.entered(step.id());
        course.visited.add(step.id());
        Optional<Instant> done = doing.done(traveller, step, at);
        if (step.type().manual()) {
            done.ifPresent(until -> course.openUntil.put(step.id(), until));
        }
        if (step.type().mail() && traveller.delivered(step.id())) {
            course.lastMail = step.id();
        }
        return done;
    }

    private boolean holds(Traveller traveller, Course course, Step step, Instant at) {
        Filter when = step.timing().when();
        if (when == null) {
            return true;
        }
        boolean drawn = traveller.condition();
        return world.holds(traveller.number, when, traveller.lastMail(course.lastMail, at))
                .orElse(drawn);
    }

    private void advance(Traveller traveller, Course course, Step.Advance step, Instant at) {
        end(course, onward.advance(traveller, step, at) ? Ending.ADVANCED : Ending.BLOCKED, at);
    }

    private void end(Course course, Ending reason, Instant at) {
        if (!course.ended) {
            course.ended = true;
            tally.ended(reason, at);
        }
    }
}
