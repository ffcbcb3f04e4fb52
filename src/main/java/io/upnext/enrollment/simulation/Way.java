package io.upnext.enrollment.simulation;

import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Step;
import java.time.Instant;
import java.util.List;

/** One sequence and those who are on their way through it; {@link Travels} moves whoever is next. */
public interface Way {

    EffectiveOptions options();

    void enter(Traveller traveller, Instant at);

    /** When somebody moves next; null where nobody is on the way. */
    Instant next();

    /** Moves whoever is next. */
    void move();

    /** What becomes of those who advance. */
    void onward(Onward onward);

    Outcome outcome();

    /** Without what follows an advance. @param starts when each of them is connected */
    default Outcome run(List<Instant> starts, Rates rates, long seed) {
        new Travels(this, null, 0).run(starts, rates, seed);
        return outcome();
    }

    /** Takes over somebody who advances. */
    interface Onward {

        /** @return false where the step cannot be done, which is an incident */
        boolean advance(Traveller traveller, Step.Advance step, Instant at);
    }
}
