package io.upnext.enrollment.audience;

import io.upnext.enrollment.Retries;
import io.upnext.operation.Worker;
import io.upnext.shared.AudienceId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at audiences whose time has come and connects who has entered them. */
@Component
class AudienceWorker implements Worker {

    static final String NAME = "audiences";

    private static final Logger log = LoggerFactory.getLogger(AudienceWorker.class);

    /** As for a bulk connect: more in one transaction gain nothing. */
    private static final int BATCH = 50;

    private final AudienceRows audiences;
    private final MemberRows members;
    private final Evaluation evaluation;
    private final Joining joining;
    private final Retries retries;
    private final Clock clock;

    AudienceWorker(
            AudienceRows audiences,
            MemberRows members,
            Evaluation evaluation,
            Joining joining,
            Retries retries,
            Clock clock) {
        this.audiences = audiences;
        this.members = members;
        this.evaluation = evaluation;
        this.joining = joining;
        this.retries = retries;
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
    public boolean hasWork() {
        return audiences.anyDue(clock.instant()) || members.toConnect().isPresent();
    }

    @Override
    public Optional<Instant> nextDue() {
        return audiences.nextDue();
    }

    @Override
    public int runOnce() {
        int evaluated = retries.inTransaction(() -> {
            Optional<Audience> due = audiences.takeDue(clock.instant());
            due.ifPresent(evaluation::whole);
            return due.isPresent() ? 1 : 0;
        });
        return evaluated > 0
                ? evaluated
                : members.toConnect().map(this::connect).orElse(0);
    }

    private int connect(AudienceId audience) {
        try {
            return retries.inTransaction(() -> joining.batch(audience, BATCH));
        } catch (Joining.Held held) {
            return keep(held);
        } catch (RuntimeException e) {
            log.info("A batch of audience {} failed and is tried one by one: {}", audience, e.toString());
            return oneByOne(audience);
        }
    }

    private int oneByOne(AudienceId audience) {
        int handled = 0;
        for (int i = 0; i < BATCH; i++) {
            handled += one(audience);
        }
        return handled;
    }

    private int one(AudienceId audience) {
        try {
            return retries.inTransaction(() -> joining.batch(audience, 1));
        } catch (Joining.Held held) {
            return keep(held);
        } catch (RuntimeException e) {
            log.error("A record of audience {} cannot be connected", audience, e);
            return retries.inTransaction(() -> joining.giveUp(audience));
        }
    }

    private int keep(Joining.Held held) {
        retries.inTransaction(() -> joining.keep(held));
        return 0;
    }
}
