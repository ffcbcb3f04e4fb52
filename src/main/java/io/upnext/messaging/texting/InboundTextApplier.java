package io.upnext.messaging.texting;

import io.upnext.messaging.event.StoredFirst;
import io.upnext.operation.Worker;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies what the gateway told: a word about delivery to its message, what people write to those that it answers. */
@Component
class InboundTextApplier implements Worker {

    static final String NAME = "text-inbound";

    private final InboundTexts inbound;
    private final Deliveries deliveries;
    private final Answers answers;
    private final StoredFirst<InboundTexts.Stored> stored;

    InboundTextApplier(
            InboundTexts inbound,
            Deliveries deliveries,
            Answers answers,
            TransactionTemplate transaction,
            Clock clock) {
        this.inbound = inbound;
        this.deliveries = deliveries;
        this.answers = answers;
        this.stored = new StoredFirst<>(inbound, batch -> batch.forEach(this::apply), transaction, clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int runOnce() {
        return stored.applyDue();
    }

    private void apply(InboundTexts.Stored told) {
        boolean matched =
                switch (told.kind()) {
                    case STATUS -> deliveries.apply(told);
                    case MESSAGE -> answers.reply(told.from(), told.body());
                    case STOP -> answers.stop(told.from(), told.body());
                    case START -> answers.start(told.from());
                };
        inbound.matched(told, matched);
    }

    @Override
    public boolean hasWork() {
        return stored.anyDue();
    }

    @Override
    public Optional<Instant> nextDue() {
        return stored.nextDue();
    }
}
