package io.upnext.enrollment.simulation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What is counted on one way: who entered which step, who ended how, and when the last one did. */
final class Tally {

    private final Map<Ending, Integer> endings = new LinkedHashMap<>();
    private final Map<String, Integer> entered = new LinkedHashMap<>();
    private Instant last;

    /** @param steps all there are, so that those nobody enters are counted too */
    Tally(Stream<String> steps) {
        steps.forEach(step -> entered.put(step, 0));
    }

    void entered(String step) {
        entered.merge(step, 1, Integer::sum);
    }

    void ended(Ending reason, Instant at) {
        endings.merge(reason, 1, Integer::sum);
        last = last == null || at.isAfter(last) ? at : last;
    }

    /** @param truncated is somebody still on the way? */
    Outcome outcome(boolean truncated) {
        return new Outcome(endings, entered, last, truncated);
    }
}
