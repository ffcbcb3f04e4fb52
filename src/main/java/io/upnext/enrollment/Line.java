package io.upnext.enrollment;

import io.upnext.enrollment.InstanceMigration.Entry;
import io.upnext.enrollment.InstanceMigration.Place;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Step;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The line of days or runs of a Classic or Smart version, and how far along it somebody is who comes from another. */
final class Line {

    private final Passage passage;
    private final String startStep;
    private final Set<String> visited;

    Line(Passage passage, String startStep, Set<String> visited) {
        this.passage = passage;
        this.startStep = startStep;
        this.visited = visited;
    }

    /** Where it goes on; null where nothing is left. */
    Entry onward() {
        return passage.mode() == Mode.SMART ? run() : day();
    }

    /** Behind the last step of the new version that it has been at. */
    private Entry day() {
        List<Step> steps = steps();
        int next = Math.max(0, position(steps, startStep));
        for (int i = 0; i < steps.size(); i++) {
            next = visited.contains(steps.get(i).id()) ? Math.max(next, i + 1) : next;
        }
        return next < steps.size() ? new Entry(Place.DAY, steps.get(next).id()) : rest();
    }

    private Entry run() {
        SmartTurns turns = new SmartTurns(passage.to().definition(), startStep, visited::contains, step -> false);
        return turns.anyLeft() ? new Entry(Place.RUN, null) : rest();
    }

    private Entry rest() {
        return EffectiveOptions.of(passage.to().definition()).exitWhenDone() ? null : new Entry(Place.STANDBY, null);
    }

    private List<Step> steps() {
        List<Step> steps = passage.to().definition().steps();
        return steps == null ? List.of() : steps;
    }

    private static int position(List<Step> steps, String id) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    boolean sameDay(String step) {
        Definition from = passage.from().definition();
        Definition to = passage.to().definition();
        return Objects.equals(from.schedule(), to.schedule())
                && Objects.equals(from.timeZone(), to.timeZone())
                && Objects.equals(
                        passage.steps().old(step).map(Line::day),
                        passage.steps().same(step).map(Line::day));
    }

    private static int day(Step step) {
        return step.timing().day() == null ? 0 : step.timing().day();
    }
}
