package io.upnext.enrollment.abtest;

import io.upnext.enrollment.abtest.TestRow.Key;
import io.upnext.operation.Worker;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks at the tests for which something has happened, and at those whose end has come. */
@Component
class AbTestWorker implements Worker {

    static final String NAME = "ab-tests";

    private final TestRows tests;
    private final Verdicts verdicts;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AbTestWorker(TestRows tests, Verdicts verdicts, TransactionTemplate transaction, Clock clock) {
        this.tests = tests;
        this.verdicts = verdicts;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int runOnce() {
        Optional<Key> looked = transaction.execute(status -> {
            Optional<Key> next = tests.takeNews().or(() -> tests.takeEnded(clock.instant()));
            next.ifPresent(verdicts::look);
            return next;
        });
        return looked.isPresent() ? 1 : 0;
    }

    @Override
    public boolean hasWork() {
        return tests.anyNews()
                || nextDue().filter(end -> !end.isAfter(clock.instant())).isPresent();
    }

    @Override
    public Optional<Instant> nextDue() {
        return tests.nextEnd();
    }
}
