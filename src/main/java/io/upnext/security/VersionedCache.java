package io.upnext.security;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps one small table in memory. A change is seen at once in its own transaction and, after commit, on this node;
 * other nodes notice within {@value #CHECK_AFTER_MILLIS} ms because they compare a counter in the database.
 */
public final class VersionedCache<T> {

    private static final long CHECK_AFTER_MILLIS = 1_000;

    private final String topic;
    private final JdbcClient jdbc;
    private final Clock realTime;
    private final Supplier<T> loader;
    private final AtomicLong localChanges = new AtomicLong();
    private volatile Entry<T> entry;

    private record Entry<T>(T value, long version, long checkedAt) {}

    public VersionedCache(String topic, JdbcClient jdbc, Clock realTime, Supplier<T> loader) {
        this.topic = topic;
        this.jdbc = jdbc;
        this.realTime = realTime;
        this.loader = loader;
    }

    public T get() {
        if (changedInThisTransaction()) {
            return loader.get();
        }
        var kept = entry;
        var now = realTime.millis();
        if (kept != null && now - kept.checkedAt < CHECK_AFTER_MILLIS) {
            return kept.value;
        }
        return refresh(kept, now);
    }

    private T refresh(Entry<T> kept, long now) {
        var before = localChanges.get();
        var version = version();
        var value = kept != null && kept.version == version ? kept.value : loader.get();
        keep(new Entry<>(value, version, now), before);
        return value;
    }

    /** What was read while somebody else committed is used once, but not kept. */
    private synchronized void keep(Entry<T> fresh, long changesBefore) {
        if (localChanges.get() == changesBefore) {
            entry = fresh;
        }
    }

    private synchronized void forget() {
        localChanges.incrementAndGet();
        entry = null;
    }

    /** To be called after every write, in the transaction of the write. */
    public void changed() {
        jdbc.sql("update cache_version set version = version + 1 where topic = ?")
                .param(topic)
                .update();
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            forget();
        } else if (!changedInThisTransaction()) {
            TransactionSynchronizationManager.bindResource(this, true);
            TransactionSynchronizationManager.registerSynchronization(new ForgetAfterCommit());
        }
    }

    private boolean changedInThisTransaction() {
        return TransactionSynchronizationManager.hasResource(this);
    }

    private long version() {
        return jdbc.sql("select version from cache_version where topic = ?")
                .param(topic)
                .query(Long.class)
                .single();
    }

    private final class ForgetAfterCommit implements TransactionSynchronization {

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(VersionedCache.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(VersionedCache.this, true);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(VersionedCache.this);
            forget();
        }
    }
}
