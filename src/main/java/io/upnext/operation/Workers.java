package io.upnext.operation;

import org.springframework.stereotype.Component;

/** Runs the {@link Worker}s of this node, each on its own threads; {@code upnext.workers.enabled=false} leaves them to {@link #drain}. */
@Component
public class Workers {

    /** Lets a worker look for work at once, after the current transaction has committed (or now, outside of one). */
    public void wake(String worker) {
        throw new UnsupportedOperationException("stub");
    }

    /** Runs every worker in the caller's thread until none has anything due; for tests and the demo clock. */
    public void drain() {
        throw new UnsupportedOperationException("stub");
    }
}
