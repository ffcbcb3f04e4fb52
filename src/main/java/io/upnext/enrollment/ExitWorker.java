package io.upnext.enrollment;

import io.upnext.operation.Worker;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Carries out the ends that were decided where they could not be carried out: inside the instance, or for many at once. */
@Component
class ExitWorker implements Worker {

    static final String NAME = "exits";

    private static final Logger log = LoggerFactory.getLogger(ExitWorker.class);
    private static final int BATCH = 20;

    private final ExitRequests requests;
    private final EnrollmentRows enrollments;
    private final Exits exits;
    private final Retries retries;

    ExitWorker(ExitRequests requests, EnrollmentRows enrollments, Exits exits, Retries retries) {
        this.requests = requests;
        this.enrollments = enrollments;
        this.exits = exits;
        this.retries = retries;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean hasWork() {
        return requests.anyToExit();
    }

    @Override
    public int runOnce() {
        try {
            return retries.inTransaction(() -> exitBatch(BATCH));
        } catch (RuntimeException e) {
            log.warn("A batch of exits failed and is tried one by one: {}", e.toString());
            return retries.inTransaction(() -> exitBatch(1));
        }
    }

    private int exitBatch(int size) {
        List<EnrollmentId> batch = requests.toExit(size);
        enrollments.lockAll(batch).values().stream()
                .collect(Collectors.groupingBy(Enrollment::exitRequested))
                .forEach((reason, ended) -> exits.endAll(ended, reason, Actor.SYSTEM));
        return batch.size();
    }
}
