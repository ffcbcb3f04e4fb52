package io.upnext.messaging.receiving;

import io.upnext.messaging.receiving.InboundMails.Understood;
import io.upnext.operation.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies stored mails, each in its own transaction; one that fails is tried again later and in the end kept. */
@Component
class InboundApplier implements Worker {

    static final String NAME = "mail-inbound";
    private static final Logger log = LoggerFactory.getLogger(InboundApplier.class);
    private static final int MAX_TRIES = 10;

    private final InboundMails inbound;
    private final Understanding understanding;
    private final TransactionTemplate transaction;
    private final Clock clock;

    InboundApplier(InboundMails inbound, Understanding understanding, TransactionTemplate transaction, Clock clock) {
        this.inbound = inbound;
        this.understanding = understanding;
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
    public boolean urgent() {
        return true;
    }

    @Override
    public int runOnce() {
        InboundMails.Stored[] taken = new InboundMails.Stored[1];
        try {
            transaction.executeWithoutResult(status -> inbound.lockNext().ifPresent(stored -> {
                taken[0] = stored;
                understanding.apply(stored);
            }));
        } catch (RuntimeException e) {
            if (taken[0] == null) {
                throw e;
            }
            failed(taken[0], e);
        }
        return taken[0] == null ? 0 : 1;
    }

    private void failed(InboundMails.Stored stored, RuntimeException e) {
        if (stored.tries() + 1 >= MAX_TRIES) {
            inbound.kept(stored.id(), Understood.NOTHING, e.toString());
            return;
        }
        Instant next = clock.instant().plus(Duration.ofSeconds(1L << Math.min(stored.tries(), 9)));
        log.warn("Received mail {} could not be applied and is tried again at {}: {}", stored.id(), next, e.toString());
        inbound.failed(stored.id(), next, e.toString());
    }

    @Override
    public boolean hasWork() {
        return inbound.anyDue();
    }

    @Override
    public Optional<Instant> nextDue() {
        return inbound.nextDue();
    }
}
