package io.upnext.enrollment;

import io.upnext.operation.Worker;
import io.upnext.sequence.Versions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Starts enrollments that were connected with a wait before the first step. */
@Component
class StartWorker implements Worker {

    private static final int BATCH = 50;

    private final EnrollmentRows enrollments;
    private final Connecting connecting;
    private final Versions versions;
    private final Retries retries;
    private final Clock clock;

    StartWorker(EnrollmentRows enrollments, Connecting connecting, Versions versions, Retries retries, Clock clock) {
        this.enrollments = enrollments;
        this.connecting = connecting;
        this.versions = versions;
        this.retries = retries;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "starts";
    }

    @Override
    public int runOnce() {
        return retries.inTransaction(() -> connecting.startDue(BATCH, versions));
    }

    @Override
    public boolean hasWork() {
        return nextDue().map(due -> !due.isAfter(clock.instant())).orElse(false);
    }

    @Override
    public Optional<Instant> nextDue() {
        return enrollments.nextStart();
    }
}
