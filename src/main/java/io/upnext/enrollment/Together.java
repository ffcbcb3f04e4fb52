package io.upnext.enrollment;

import io.upnext.operation.PerTransaction;
import io.upnext.shared.EnrollmentId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Changes of enrollments that are written at once, but while work that changes many goes on: then together at its end, or
 * before somebody looks at one of these enrollments ({@link #writeOf}). Belongs to the transaction.
 */
final class Together<T> {

    private final Consumer<List<T>> write;
    private final PerTransaction<Bound<T>> bound = new PerTransaction<>(Bound::new);

    /** @param write writes changes of different enrollments */
    Together(Consumer<List<T>> write) {
        this.write = write;
    }

    /** One enrollment changes once: to be called after {@link #writeOf}. */
    void add(EnrollmentId enrollment, T change) {
        Bound<T> own = bound.get();
        own.changes.put(enrollment, change);
        if (!own.collecting) {
            write(own);
        }
    }

    void during(Runnable work) {
        Bound<T> own = bound.get();
        own.collecting = true;
        try {
            work.run();
        } finally {
            own.collecting = false;
        }
        write(own);
    }

    void writeOf(EnrollmentId enrollment) {
        Bound<T> own = bound.get();
        if (own.changes.containsKey(enrollment)) {
            write(own);
        }
    }

    private void write(Bound<T> own) {
        if (!own.changes.isEmpty()) {
            List<T> changes = List.copyOf(own.changes.values());
            own.changes.clear();
            write.accept(changes);
        }
    }

    private static final class Bound<T> {
        private final Map<EnrollmentId, T> changes = new LinkedHashMap<>();
        private boolean collecting;
    }
}
