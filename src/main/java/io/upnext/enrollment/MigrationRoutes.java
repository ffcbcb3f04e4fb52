package io.upnext.enrollment;

import io.upnext.enrollment.InstanceMigration.Position;
import io.upnext.sequence.Step;
import java.util.List;
import java.util.Set;

/** Says what becomes of an enrollment that moves to another version; the plan and the move ask the same. */
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
        /** It goes on at another step, or enters its own again because that waits in another way now. */
        NEXT,
        /** Nobody has said what becomes of those at this removed step. */
        UNDECIDED,
        STAY,
        DISCONNECT
    }

    /** @param target the step it enters; null where it enters none */
    record Stop(Position position, Fate fate, Step target) {

        boolean leaves() {
            return fate != Fate.CONTINUE;
        }

        boolean again() {
            return target != null && target.id().equals(position.step());
        }
    }

    record Route(Fate fate, List<Stop> stops) {}

    /** @param positions empty where it has not begun */
    Route of(Enrollment enrollment, List<Position> positions) {
        List<Position> all =
                positions.isEmpty() ? List.of(new Position(null, enrollment.startStep(), null)) : positions;
        List<Stop> stops = all.stream().map(this::stop).toList();
        Fate fate = stops.stream().map(Stop::fate).max(Fate::compareTo).orElse(Fate.CONTINUE);
        return new Route(fate, stops);
    }

    private Stop stop(Position position) {
        String step = position.step();
        if (step == null || position.element() == null && passage.steps().keeps(step)) {
            return new Stop(position, Fate.CONTINUE, null);
        }
        if (passage.steps().keeps(step)) {
            return carried.contains(position.element())
                    ? new Stop(position, Fate.CONTINUE, null)
                    : new Stop(position, Fate.NEXT, passage.steps().same(step).orElseThrow());
        }
        MigrationRequest.Choice choice = request.choice(step);
        if (choice == null) {
            return new Stop(position, Fate.UNDECIDED, null);
        }
        return switch (choice) {
            case NEXT ->
                new Stop(position, Fate.NEXT, passage.steps().following(step).orElse(null));
            case STAY -> new Stop(position, Fate.STAY, null);
            case DISCONNECT -> new Stop(position, Fate.DISCONNECT, null);
        };
    }
}
