package io.upnext.operation;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Something that belongs to the current transaction: made when it is first asked for, gone when the transaction ends. A
 * transaction that is suspended for another keeps its own.
 */
public final class PerTransaction<T> {

    private final Supplier<T> fresh;
    private final Consumer<T> beforeCommit;

    public PerTransaction(Supplier<T> fresh) {
        this(fresh, value -> {});
    }

    /** @param beforeCommit what is to be written with the transaction; not called where it is rolled back */
    public PerTransaction(Supplier<T> fresh, Consumer<T> beforeCommit) {
        this.fresh = fresh;
        this.beforeCommit = beforeCommit;
    }

    /** @throws IllegalStateException outside of a transaction */
    @SuppressWarnings("unchecked")
    public T get() {
        T known = (T) TransactionSynchronizationManager.getResource(this);
        if (known != null) {
            return known;
        }
        T value = fresh.get();
        TransactionSynchronizationManager.registerSynchronization(new Bound(value));
        TransactionSynchronizationManager.bindResource(this, value);
        return value;
    }

    private final class Bound implements TransactionSynchronization {

        private final T value;

        private Bound(T value) {
            this.value = value;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(PerTransaction.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(PerTransaction.this, value);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            beforeCommit.accept(value);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(PerTransaction.this);
        }
    }
}
