package io.upnext.messaging.event;

import io.upnext.operation.Worker;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies what ends enrollments (a reply, a bounce …) on a thread of its own, so that it does not wait until those of
 * {@link EventApplier} are through with a batch of mails that left.
 */
@Component
class UrgentEventApplier implements Worker {

    static final String NAME = "mail-events-urgent";

    private final EventApplier applier;
    private final StoredFirst<MailEvents.Stored> events;

    UrgentEventApplier(MailEvents events, EventApplier applier, TransactionTemplate transaction, Clock clock) {
        this.applier = applier;
        this.events = new StoredFirst<>(new Urgent(events), applier::apply, transaction, clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean urgent() {
        return true;
    }

    @Override
    public int runOnce() {
        return applier.noListener() ? 0 : events.applyDue();
    }

    @Override
    public boolean hasWork() {
        return !applier.noListener() && events.anyDue();
    }

    private record Urgent(MailEvents all) implements StoredFirst.Table<MailEvents.Stored> {

        @Override
        public List<MailEvents.Stored> lockDue(int limit, Instant now) {
            return all.lockUrgent(limit, now);
        }

        @Override
        public Optional<MailEvents.Stored> lock(MailEvents.Stored event) {
            return all.lock(event);
        }

        @Override
        public void applied(List<MailEvents.Stored> events) {
            all.applied(events);
        }

        @Override
        public int tries(MailEvents.Stored event) {
            return all.tries(event);
        }

        @Override
        public void failed(MailEvents.Stored event, Instant next, String error) {
            all.failed(event, next, error);
        }

        @Override
        public boolean anyDue(Instant now) {
            return all.anyUrgent(now);
        }

        @Override
        public Optional<Instant> nextDue(Instant now) {
            return Optional.empty();
        }
    }
}
