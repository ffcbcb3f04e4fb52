package io.upnext.enrollment.simulation;

import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Step.MailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One record on its way through the sequence, with chances of its own: others draw as they would without it. */
final class Traveller {

    /** People react within two days, if they do. */
    private static final long REACTION_SECONDS = Duration.ofDays(2).toSeconds();

    final int number;
    final int hops;
    private final long seed;
    private final SplittableRandom random;
    private final Rates rates;
    private final EffectiveOptions options;
    private final Map<String, Map<MailEvent, Instant>> reactions = new HashMap<>();
    private final Map<String, String> outcomes = new HashMap<>();
    private Instant leavesAt;
    private Ending leavesFor;

    Traveller(int number, long seed, Rates rates, EffectiveOptions options) {
        this(number, seed, rates, options, 0);
    }

    private Traveller(int number, long seed, Rates rates, EffectiveOptions options, int hops) {
        this.number = number;
        this.hops = hops;
        this.seed = seed;
        this.random = new SplittableRandom((seed + hops) * 1_000_003L + number);
        this.rates = rates;
        this.options = options;
    }

    /** The same record in the sequence it advanced to, with chances of its own there. */
    Traveller onward(EffectiveOptions there) {
        return new Traveller(number, seed, rates, there, hops + 1);
    }

    /** @return false where it bounced, so that it was not delivered */
    boolean mailed(String step, Instant at) {
        Map<MailEvent, Instant> events = new EnumMap<>(MailEvent.class);
        reactions.put(step, events);
        // Every chance is drawn in every case, so that a changed rate changes nothing but itself
        boolean bounced = happens(rates.bounced());
        boolean unsubscribed = happens(rates.unsubscribed());
        Instant unsubscribedAt = reaction(at);
        react(events, MailEvent.OPENED, rates.opened(), at);
        react(events, MailEvent.LINK_CLICKED, rates.clicked(), at);
        react(events, MailEvent.ATTACHMENT_OPENED, rates.attachmentOpened(), at);
        react(events, MailEvent.REPLIED, rates.replied(), at);
        if (bounced) {
            events.clear();
            exit(options.exitOnBounce(), Ending.BOUNCED, at);
            return false;
        }
        if (unsubscribed) {
            exit(options.exitOnUnsubscribe(), Ending.UNSUBSCRIBED, unsubscribedAt);
        }
        if (events.containsKey(MailEvent.REPLIED)) {
            exit(options.exitOnReply(), Ending.REPLIED, events.get(MailEvent.REPLIED));
        }
        return true;
    }

    private void react(Map<MailEvent, Instant> events, MailEvent event, double rate, Instant at) {
        boolean happens = happens(rate);
        Instant when = reaction(at);
        if (happens) {
            events.put(event, when);
            // Who clicks or opens what is attached has the mail open
            if (event != MailEvent.REPLIED) {
                events.merge(MailEvent.OPENED, when, (a, b) -> a.isBefore(b) ? a : b);
            }
        }
    }

    private Instant reaction(Instant at) {
        return at.plusSeconds(1 + (long) (random.nextDouble() * REACTION_SECONDS));
    }

    private void exit(boolean wanted, Ending reason, Instant at) {
        if (wanted && (leavesAt == null || at.isBefore(leavesAt))) {
            leavesAt = at;
            leavesFor = reason;
        }
    }

    /** Has something ended it by then? */
    boolean goneBy(Instant at) {
        return leavesAt != null && !leavesAt.isAfter(at);
    }

    Instant leavesAt() {
        return leavesAt;
    }

    Ending leavesFor() {
        return leavesFor;
    }

    /** When this happened to the mail of that step; null where it never does. */
    Instant reaction(String step, MailEvent event) {
        return reactions.getOrDefault(step, Map.of()).get(event);
    }

    boolean delivered(String step) {
        return reactions.containsKey(step);
    }

    /** What the last mail has brought about by now, for filters; null values where none has left. */
    Map<String, Object> lastMail(String step, Instant now) {
        Map<String, Object> values = new HashMap<>();
        Map.of(
                        "lastEmail.opened", MailEvent.OPENED,
                        "lastEmail.clicked", MailEvent.LINK_CLICKED,
                        "lastEmail.replied", MailEvent.REPLIED)
                .forEach((field, event) -> values.put(field, step == null ? null : happenedBy(step, event, now)));
        return values;
    }

    private boolean happenedBy(String step, MailEvent event, Instant now) {
        Instant at = reaction(step, event);
        return at != null && !at.isAfter(now);
    }

    void called(String step) {
        double drawn = random.nextDouble();
        String outcome = "NO_ANSWER";
        for (var rate : new TreeMap<>(rates.calls()).entrySet()) {
            drawn -= rate.getValue();
            if (drawn < 0) {
                outcome = rate.getKey();
                break;
            }
        }
        outcomes.put(step, outcome);
    }

    String outcome(String step) {
        return outcomes.get(step);
    }

    boolean condition() {
        return happens(rates.conditions());
    }

    private boolean happens(double rate) {
        return random.nextDouble() < rate;
    }
}
