package io.upnext.messaging.event;

import io.upnext.messaging.MailEventListener;
import io.upnext.operation.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies stored events to the record's timeline and, through {@link MailEventListener}, to the enrollment. A small
 * batch shares a transaction; where one of them fails each gets its own, so that a bad one holds up only its enrollment.
 */
@Component
class EventApplier implements Worker {

    static final String NAME = "mail-events";
    private static final Logger log = LoggerFactory.getLogger(EventApplier.class);
    private static final int BATCH = 20;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final MailEvents events;
    private final Consequences consequences;
    private final ObjectProvider<MailEventListener> listeners;
    private final TransactionTemplate transaction;
    private final Clock clock;

    EventApplier(
            MailEvents events,
            Consequences consequences,
            ObjectProvider<MailEventListener> listeners,
            TransactionTemplate transaction,
            Clock clock) {
        this.events = events;
        this.consequences = consequences;
        this.listeners = listeners;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int threads() {
        return 2;
    }

    @Override
    public int runOnce() {
        if (noListener()) {
            return 0;
        }
        List<MailEvents.Stored> batch = List.of();
        try {
            List<MailEvents.Stored> applied = transaction.execute(status -> applyBatch());
            return applied == null ? 0 : applied.size();
        } catch (BatchFailed failed) {
            batch = failed.batch;
            log.debug("A batch of mail events failed and is applied one by one", failed);
        }
        batch.forEach(this::applyAlone);
        return batch.size();
    }

    private List<MailEvents.Stored> applyBatch() {
        List<MailEvents.Stored> batch = events.lockDue(BATCH, clock.instant());
        try {
            batch.forEach(this::apply);
            if (!batch.isEmpty()) {
                events.applied(batch);
            }
            return batch;
        } catch (RuntimeException e) {
            throw new BatchFailed(batch, e);
        }
    }

    private void applyAlone(MailEvents.Stored stored) {
        try {
            transaction.executeWithoutResult(
                    status -> events.lock(stored.event().id()).ifPresent(locked -> {
                        apply(locked);
                        events.applied(List.of(locked));
                    }));
        } catch (RuntimeException e) {
            Instant next = clock.instant().plus(pauseAfter(stored.tries()));
            log.warn(
                    "Mail event {} ({}) of enrollment {} could not be applied and is tried again at {}",
                    stored.event().id(),
                    stored.event().kind(),
                    stored.event().enrollment(),
                    next,
                    e);
            events.failed(stored.event().id(), next, e.toString());
        }
    }

    private void apply(MailEvents.Stored stored) {
        consequences.of(stored);
        listeners.orderedStream().forEach(listener -> listener.on(stored.event()));
    }

    private static Duration pauseAfter(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    @Override
    public boolean hasWork() {
        return !noListener() && events.anyDue(clock.instant());
    }

    @Override
    public Optional<Instant> nextDue() {
        return noListener() ? Optional.empty() : events.nextDue(clock.instant());
    }

    private boolean noListener() {
        return listeners.stream().findAny().isEmpty();
    }

    /** Carries the batch out of the transaction that is rolled back. */
    private static final class BatchFailed extends RuntimeException {

        private final transient List<MailEvents.Stored> batch;

        BatchFailed(List<MailEvents.Stored> batch, RuntimeException cause) {
            super(cause);
            this.batch = batch;
        }
    }
}
