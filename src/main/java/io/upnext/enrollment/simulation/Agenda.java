package io.upnext.enrollment.simulation;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What everybody on one way does next, in the order of time; of the same moment, what was planned first.
 *
 * @param <P> the place where it happens
 */
final class Agenda<P> {

    private final PriorityQueue<Move<P>> moves =
            new PriorityQueue<>(Comparator.<Move<P>, Instant>comparing(Move::at).thenComparing(Move::turn));
    private long turns;

    record Move<P>(Instant at, long turn, Traveller traveller, P place) {}

    void plan(Instant at, Traveller traveller, P place) {
        moves.add(new Move<>(at, turns++, traveller, place));
    }

    /** When somebody moves next; null where nobody is on the way. */
    Instant next() {
        return moves.isEmpty() ? null : moves.peek().at();
    }

    Move<P> take() {
        return moves.poll();
    }
}
