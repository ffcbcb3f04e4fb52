package io.upnext.messaging.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies rows that were stored first. A small batch shares a transaction; where one of them fails each gets its own, so
 * that a bad one holds up only what depends on it. What failed is tried again after a pause that grows.
 *
 * @param <R> a row
 */
public final class StoredFirst<R> {

    private static final Logger log = LoggerFactory.getLogger(StoredFirst.class);
    private static final int BATCH = 20;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** The table of the rows; all but {@link #failed} join the caller's transaction. */
    public interface Table<R> {

        /** Locks rows that are due and may be applied side by side; what others hold is passed over. */
        List<R> lockDue(int limit, Instant now);

        /** Locks one row again if it is still to be applied. */
        Optional<R> lock(R row);

        void applied(List<R> rows);

        /** How often the row has failed. */
        int tries(R row);

        void failed(R row, Instant next, String error);

        boolean anyDue(Instant now);

        Optional<Instant> nextDue(Instant now);
    }

    private final Table<R> table;
    private final Consumer<List<R>> application;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** @param application applies rows, in their order, in a transaction that also marks them as applied */
    public StoredFirst(Table<R> table, Consumer<List<R>> application, TransactionTemplate transaction, Clock clock) {
        this.table = table;
        this.application = application;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @return how many were handled */
    public int applyDue() {
        List<R> batch;
        try {
            List<R> applied = transaction.execute(status -> applyBatch());
            return applied == null ? 0 : applied.size();
        } catch (BatchFailed failed) {
            batch = batchOf(failed);
            log.debug("A batch failed and is applied one by one", failed);
        }
        batch.forEach(this::applyAlone);
        return batch.size();
    }

    private List<R> applyBatch() {
        List<R> batch = table.lockDue(BATCH, clock.instant());
        try {
            if (!batch.isEmpty()) {
                application.accept(batch);
                table.applied(batch);
            }
            return batch;
        } catch (RuntimeException e) {
            throw new BatchFailed(batch, e);
        }
    }

    private void applyAlone(R row) {
        try {
            transaction.executeWithoutResult(status -> table.lock(row).ifPresent(locked -> {
                application.accept(List.of(locked));
                table.applied(List.of(locked));
            }));
        } catch (RuntimeException e) {
            Instant next = clock.instant().plus(pauseAfter(table.tries(row)));
            log.warn("{} could not be applied and is tried again at {}", row, next, e);
            table.failed(row, next, e.toString());
        }
    }

    private static Duration pauseAfter(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    public boolean anyDue() {
        return table.anyDue(clock.instant());
    }

    public Optional<Instant> nextDue() {
        return table.nextDue(clock.instant());
    }

    @SuppressWarnings("unchecked")
    private List<R> batchOf(BatchFailed failed) {
        return (List<R>) failed.batch;
    }

    /** Carries the batch out of the transaction that is rolled back. */
    private static final class BatchFailed extends RuntimeException {

        private final transient List<?> batch;

        BatchFailed(List<?> batch, RuntimeException cause) {
            super(cause);
            this.batch = batch;
        }
    }
}
