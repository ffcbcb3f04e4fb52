package io.upnext.enrollment;

import io.upnext.enrollment.InstanceMigration.Entry;
import io.upnext.enrollment.InstanceMigration.Place;
import io.upnext.enrollment.InstanceMigration.Position;
import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.Step;
import java.util.List;
import java.util.Set;

/** Says what becomes of an enrollment that moves to another version; the plan and the move ask the same. Pure. */
final class MigrationRoutes {

    private final Passage passage;
    private final Set<String> carried;
    private final MigrationRequest request;

    MigrationRoutes(Passage passage, Set<String> carried, MigrationRequest request) {
        this.passage = passage;
        this.carried = carried;
        this.request = request;
    }

    /** What becomes of an enrollment, or of one place it is at; of several places the one further down decides. */
    enum Fate {
        /** It goes on where it is. */
        CONTINUE,
        /** It goes on elsewhere, or enters its own step again because that waits in another way now. */
        NEXT,
        /** Nobody has said what becomes of those at this removed step. */
        UNDECIDED,
        STAY,
        DISCONNECT
    }

    /** @param entry where it goes in instead; null where that is nowhere */
    record Stop(Position position, Fate fate, Entry entry) {

        boolean leaves() {
            return fate != Fate.CONTINUE;
        }

        boolean again() {
            return entry != null && entry.place() == Place.STEP && entry.step().equals(position.step());
        }
    }

    record Route(Fate fate, List<Stop> stops) {

        /** It leaves every place it is at, and nothing follows any of them. */
        boolean completes() {
            return fate == Fate.NEXT && stops.stream().allMatch(stop -> stop.leaves() && stop.entry() == null);
        }
    }

    /**
     * @param positions empty where it has not begun
     * @param visited the steps it has been at; needed in Classic and Smart mode
     */
    Route of(Enrollment enrollment, List<Position> positions, Set<String> visited) {
        Line line = new Line(passage, enrollment.startStep(), visited);
        List<Stop> stops = positions.isEmpty()
                ? List.of(notBegun(enrollment.startStep()))
                : positions.stream().map(position -> stop(position, line)).toList();
        Fate fate = stops.stream().map(Stop::fate).max(Fate::compareTo).orElse(Fate.CONTINUE);
        return new Route(fate, stops);
    }

    private Stop notBegun(String step) {
        Position nowhere = new Position(Place.STEP, null, step, null);
        return step == null || passage.steps().keeps(step) ? stays(nowhere) : removed(nowhere, following(step));
    }

    private Stop stop(Position position, Line line) {
        return switch (position.place()) {
            case DAY -> day(position, line);
            case RUN -> stays(position);
            case STANDBY -> standby(position, line);
            case STEP -> step(position, line);
        };
    }

    private static Stop stays(Position position) {
        return new Stop(position, Fate.CONTINUE, null);
    }

    /** A changed day applies at once, and so does a new step that comes before. */
    private Stop day(Position position, Line line) {
        Entry onward = line.onward();
        boolean same = onward != null
                && position.step().equals(onward.step())
                && carried.contains(position.element())
                && line.sameDay(position.step());
        return same ? stays(position) : new Stop(position, Fate.NEXT, onward);
    }

    private Stop standby(Position position, Line line) {
        Entry onward = line.onward();
        boolean stays = onward != null && onward.place() == Place.STANDBY;
        return stays && carried.contains(position.element()) ? stays(position) : new Stop(position, Fate.NEXT, onward);
    }

    private Stop step(Position position, Line line) {
        String step = position.step();
        if (step == null || (passage.steps().keeps(step) && carried.contains(position.element()))) {
            return stays(position);
        }
        if (passage.mode() != Mode.ADAPTIVE) {
            // A person's step stands beside the line of days or runs, which goes on without it.
            boolean beside =
                    passage.steps().old(step).filter(old -> old.type().manual()).isPresent();
            return removed(position, beside ? null : line.onward());
        }
        return passage.steps().keeps(step)
                ? new Stop(position, Fate.NEXT, new Entry(Place.STEP, step))
                : removed(position, following(step));
    }

    private Entry following(String step) {
        return passage.steps()
                .following(step)
                .map(Step::id)
                .map(next -> new Entry(Place.STEP, next))
                .orElse(null);
    }

    private Stop removed(Position position, Entry onward) {
        MigrationRequest.Choice choice = request.choice(position.step());
        if (choice == null) {
            return new Stop(position, Fate.UNDECIDED, null);
        }
        return switch (choice) {
            case NEXT -> new Stop(position, Fate.NEXT, onward);
            case STAY -> new Stop(position, Fate.STAY, null);
            case DISCONNECT -> new Stop(position, Fate.DISCONNECT, null);
        };
    }
}
