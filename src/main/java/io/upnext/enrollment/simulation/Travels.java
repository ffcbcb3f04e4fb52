package io.upnext.enrollment.simulation;

import io.upnext.sequence.Step;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Many records going through a sequence and through those it advances to, move by move in the order of time: places in
 * mailboxes and on days are given first come, first served, whichever sequence asks.
 */
public final class Travels {

    /** Go-tos, circles and long sequences are bounded here; a simulation is read by people. */
    static final int MOST_MOVES = 1_000_000;

    private final Way first;
    private final Targets targets;
    private final int mostHops;
    private final Set<Way> ways = new LinkedHashSet<>();
    private long entered;
    private long moves;

    /** Where an advance leads now; empty where nobody could follow it. The same target is the same way. */
    public interface Targets {
        Optional<Way> of(Step.Advance step);
    }

    /** @param targets null: nobody follows whoever advances @param mostHops how often a record advances */
    public Travels(Way first, Targets targets, int mostHops) {
        this.first = first;
        this.targets = targets;
        this.mostHops = mostHops;
    }

    /** @param starts when each of them is connected */
    public void run(List<Instant> starts, Rates rates, long seed) {
        add(first);
        for (int number = 0; number < starts.size(); number++) {
            enter(first, new Traveller(number, seed, rates, first.options()), starts.get(number));
        }
        for (Way way = next(); way != null && moves < MOST_MOVES + entered; way = next()) {
            way.move();
            moves++;
        }
    }

    private void add(Way way) {
        if (ways.add(way)) {
            way.onward(this::advance);
        }
    }

    private void enter(Way way, Traveller traveller, Instant at) {
        entered++;
        way.enter(traveller, at);
    }

    private Way next() {
        return ways.stream()
                .filter(way -> way.next() != null)
                .min(Comparator.comparing(Way::next))
                .orElse(null);
    }

    private boolean advance(Traveller traveller, Step.Advance step, Instant at) {
        if (targets == null) {
            return true;
        }
        Optional<Way> target = traveller.hops < mostHops ? targets.of(step) : Optional.empty();
        target.ifPresent(way -> {
            add(way);
            enter(way, traveller.onward(way.options()), at);
        });
        return target.isPresent();
    }
}
