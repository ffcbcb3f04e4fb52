package io.upnext.messaging.texting;

import io.upnext.messaging.TextEventListener;
import io.upnext.messaging.event.StoredFirst;
import io.upnext.operation.Worker;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies stored events to the record's timeline and, through {@link TextEventListener}, to the enrollment. */
@Component
class TextEventApplier implements Worker {

    static final String NAME = "text-events";

    private final TextConsequences consequences;
    private final ObjectProvider<TextEventListener> listeners;
    private final StoredFirst<TextEvents.Stored> events;

    TextEventApplier(
            TextEvents events,
            TextConsequences consequences,
            ObjectProvider<TextEventListener> listeners,
            TransactionTemplate transaction,
            Clock clock) {
        this.consequences = consequences;
        this.listeners = listeners;
        this.events = new StoredFirst<>(events, batch -> batch.forEach(this::apply), transaction, clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int runOnce() {
        return events.applyDue();
    }

    private void apply(TextEvents.Stored stored) {
        consequences.of(stored.event());
        listeners.orderedStream().forEach(listener -> listener.on(stored.event()));
    }

    @Override
    public boolean hasWork() {
        return events.anyDue();
    }

    @Override
    public Optional<Instant> nextDue() {
        return events.nextDue();
    }
}
