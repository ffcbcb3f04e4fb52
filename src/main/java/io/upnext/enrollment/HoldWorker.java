package io.upnext.enrollment;

import io.upnext.operation.Worker;
import io.upnext.shared.EnrollmentId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets mails go that were held back for an absence, when it is over. */
@Component
class HoldWorker implements Worker {

    private static final int BATCH = 50;

    private final HoldRows rows;
    private final Holds holds;
    private final EnrollmentContexts contexts;
    private final TransactionTemplate transaction;
    private final Clock clock;

    HoldWorker(HoldRows rows, Holds holds, EnrollmentContexts contexts, TransactionTemplate transaction, Clock clock) {
        this.rows = rows;
        this.holds = holds;
        this.contexts = contexts;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "out-of-office";
    }

    @Override
    public int runOnce() {
        List<EnrollmentId> over = rows.over(clock.instant(), BATCH);
        over.forEach(id -> transaction.executeWithoutResult(status -> {
            contexts.lockIfThere(id);
            // A later answer may have made it longer meanwhile.
            if (holds.until(id).isEmpty()) {
                holds.over(id);
            }
        }));
        return over.size();
    }

    @Override
    public boolean hasWork() {
        return !rows.over(clock.instant(), 1).isEmpty();
    }

    @Override
    public Optional<Instant> nextDue() {
        return rows.nextAfter(clock.instant());
    }
}
