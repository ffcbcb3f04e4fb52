package io.upnext.operation;

import io.upnext.operation.OperationRows.Item;
import io.upnext.operation.OperationRows.Row;
import io.upnext.operation.Operations.Result;
import io.upnext.shared.Problem;
import io.upnext.shared.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Does the running operations chunk by chunk; several threads and nodes may share one operation. */
@Component
class OperationWorker implements Worker {

    static final String NAME = "operations";

    private static final Logger log = LoggerFactory.getLogger(OperationWorker.class);

    /** For an item that somebody else is at, too. */
    private static final int TRIES = 5;

    private final OperationRows rows;
    private final ObjectProvider<OperationKind> kinds;
    private final TransactionTemplate transaction;

    OperationWorker(
            OperationRows rows, ObjectProvider<OperationKind> kinds, PlatformTransactionManager transactionManager) {
        this.rows = rows;
        this.kinds = kinds;
        this.transaction = new TransactionTemplate(transactionManager);
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
        return rows.anyRunning();
    }

    @Override
    public int runOnce() {
        for (Row operation : rows.running()) {
            OperationKind kind = kindOf(operation);
            if (kind != null) {
                int handled = chunk(operation, kind);
                if (handled > 0) {
                    return handled;
                }
            }
        }
        return 0;
    }

    private OperationKind kindOf(Row operation) {
        return kinds.stream()
                .filter(kind -> kind.kind().equals(operation.progress().kind()))
                .findFirst()
                .orElse(null);
    }

    private int chunk(Row operation, OperationKind kind) {
        try {
            return run(operation, kind, kind.chunkSize());
        } catch (RuntimeException e) {
            log.info("A chunk of operation {} failed and is tried item by item: {}", operation.id(), e.toString());
            return oneByOne(operation, kind);
        }
    }

    private int oneByOne(Row operation, OperationKind kind) {
        int handled = 0;
        for (int i = 0; i < kind.chunkSize(); i++) {
            int one = single(operation, kind);
            if (one == 0) {
                break;
            }
            handled += one;
        }
        return handled;
    }

    /** Whoever meets somebody else at the same item tries again; that is no fault of the item. */
    private int single(Row operation, OperationKind kind) {
        for (int attempt = 1; attempt < TRIES; attempt++) {
            try {
                return run(operation, kind, 1);
            } catch (ConcurrencyFailureException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(5, 40) * attempt));
            } catch (RuntimeException e) {
                return refused(operation, kind, e);
            }
        }
        try {
            return run(operation, kind, 1);
        } catch (RuntimeException e) {
            return refused(operation, kind, e);
        }
    }

    private int refused(Row operation, OperationKind kind, RuntimeException e) {
        if (e instanceof ProblemException) {
            return refuse(operation, kind, Problem.error("refused", e.getMessage()));
        }
        log.error("An item of operation {} cannot be done", operation.id(), e);
        return refuse(
                operation,
                kind,
                Problem.error(
                        "internal",
                        "This item could not be done because of a fault in Upnext; the log of the server has it."));
    }

    private int refuse(Row operation, OperationKind kind, Problem problem) {
        return transaction.execute(status -> {
            List<Item> items = take(operation, kind, 1);
            List<Result> results =
                    items.stream().map(i -> Result.refused(i.item(), problem)).toList();
            finish(operation, kind, items, results, Map.of());
            return items.size();
        });
    }

    private int run(Row operation, OperationKind kind, int size) {
        return transaction.execute(status -> {
            List<Item> items = take(operation, kind, size);
            if (items.isEmpty()) {
                return 0;
            }
            Map<String, Long> counts = new HashMap<>();
            List<Result> results = kind.run(
                    new OperationKind.Chunk(
                            operation.id(),
                            operation.by(),
                            operation.argument(),
                            items.stream().map(Item::item).toList()),
                    counts);
            finish(operation, kind, items, results, counts);
            return items.size();
        });
    }

    private List<Item> take(Row operation, OperationKind kind, int size) {
        if (kind.inOrder() && !rows.lock(operation.id())) {
            return List.of();
        }
        return rows.take(operation.id(), size);
    }

    private void finish(
            Row operation, OperationKind kind, List<Item> items, List<Result> results, Map<String, Long> counts) {
        if (items.isEmpty()) {
            return;
        }
        rows.finishItems(operation.id(), items, results);
        int succeeded = (int) results.stream().filter(Result::ok).count();
        if (rows.advance(operation.id(), succeeded, items.size() - succeeded, counts)) {
            kind.finished(operation.id());
        }
    }
}
