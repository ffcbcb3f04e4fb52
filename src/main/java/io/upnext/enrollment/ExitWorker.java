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
            return retries.inTransaction(() -> exit(requests.toExit(BATCH)));
        } catch (RuntimeException e) {
            log.warn("A batch of exits failed and is done one by one: {}", e.toString());
            return requests.waiting(BATCH).stream().mapToInt(this::alone).sum();
        }
    }

    private int alone(EnrollmentId id) {
        try {
            return retries.inTransaction(() -> exit(requests.toExit(id)));
        } catch (RuntimeException e) {
            log.warn("Enrollment {} could not be ended and is tried again later", id, e);
            return 0;
        }
    }

    private int exit(List<EnrollmentId> locked) {
        enrollments.lockAll(locked).values().stream()
                .collect(Collectors.groupingBy(Enrollment::exitRequested))
                .forEach((reason, ended) -> exits.endAll(ended, reason, Actor.SYSTEM));
        return locked.size();
    }
}
