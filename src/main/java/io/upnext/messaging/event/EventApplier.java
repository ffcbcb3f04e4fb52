package io.upnext.messaging.event;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.MailEventListener;
import io.upnext.operation.Worker;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies stored events to the record's timeline and, through {@link MailEventListener}, to the enrollment. */
@Component
class EventApplier implements Worker {

    static final String NAME = "mail-events";

    private final Consequences consequences;
    private final ObjectProvider<MailEventListener> listeners;
    private final StoredFirst<MailEvents.Stored> events;

    EventApplier(
            MailEvents events,
            Consequences consequences,
            ObjectProvider<MailEventListener> listeners,
            TransactionTemplate transaction,
            Clock clock) {
        this.consequences = consequences;
        this.listeners = listeners;
        this.events = new StoredFirst<>(events, this::apply, transaction, clock);
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
        return noListener() ? 0 : events.applyDue();
    }

    /** Applies rows in the caller's transaction. */
    void apply(List<MailEvents.Stored> batch) {
        List<MailEvent> events = batch.stream().map(MailEvents.Stored::event).toList();
        List<MailEventListener> all = listeners.orderedStream().toList();
        all.forEach(listener -> listener.prepare(events));
        consequences.of(batch);
        all.forEach(listener -> listener.on(events));
    }

    @Override
    public boolean hasWork() {
        return !noListener() && events.anyDue();
    }

    @Override
    public Optional<Instant> nextDue() {
        return noListener() ? Optional.empty() : events.nextDue();
    }

    boolean noListener() {
        return listeners.stream().findAny().isEmpty();
    }
}
