package io.upnext.enrollment;

import io.upnext.enrollment.PendingMigrations.Pending;
import io.upnext.operation.Worker;
import io.upnext.security.Users;
import io.upnext.shared.ProblemException;
import java.util.HashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Moves enrollments whose removed step's mail has settled meanwhile. */
@Component
class PendingMigrationWorker implements Worker {

    private static final Logger log = LoggerFactory.getLogger(PendingMigrationWorker.class);

    private final PendingMigrations pending;
    private final Migrating migrating;
    private final Users users;
    private final Retries retries;

    PendingMigrationWorker(PendingMigrations pending, Migrating migrating, Users users, Retries retries) {
        this.pending = pending;
        this.migrating = migrating;
        this.users = users;
        this.retries = retries;
    }

    @Override
    public String name() {
        return "pending-migrations";
    }

    @Override
    public boolean hasWork() {
        return pending.anyReady();
    }

    @Override
    public int runOnce() {
        try {
            return retries.inTransaction(this::moveOne);
        } catch (ProblemException e) {
            log.warn("A migration that waited for a mail is given up: {}", e.getMessage());
            return retries.inTransaction(this::giveUpOne);
        }
    }

    private int moveOne() {
        List<Pending> taken = pending.takeReady(1);
        taken.forEach(this::move);
        return taken.size();
    }

    /** Deleted first: it may have to wait once more, for another mail. */
    private void move(Pending one) {
        pending.delete(one.enrollment());
        migrating.migrate(
                one.request(),
                users.asCaller(one.by()),
                List.of(one.enrollment().toString()),
                new HashMap<>());
    }

    private int giveUpOne() {
        List<Pending> taken = pending.takeReady(1);
        taken.forEach(one -> pending.delete(one.enrollment()));
        return taken.size();
    }
}
