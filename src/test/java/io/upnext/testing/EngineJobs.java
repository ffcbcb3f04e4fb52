package io.upnext.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;

/** Runs the engine's jobs by hand: in tests its job executor is off. */
public final class EngineJobs {

    private static final int MORE_THAN_ANY_TEST_NEEDS = 10_000;

    private final ManagementService management;
    private final MutableClock clock;

    EngineJobs(ManagementService management, MutableClock clock) {
        this.management = management;
        this.clock = clock;
    }

    /** Runs everything that is due now and what becomes due by that; a job that fails throws here. */
    public void runDue() {
        for (var runs = 0; runs < MORE_THAN_ANY_TEST_NEEDS; runs++) {
            var due = nextDue();
            if (due == null) {
                return;
            }
            management.executeJob(due.getId());
        }
        throw new AssertionError("The engine never comes to rest: jobs keep creating jobs that are due at once");
    }

    /** Moves the clock from due time to due time until {@code duration} is over, and runs what is due each time. */
    public void advance(Duration duration) {
        var end = clock.instant().plus(duration);
        runDue();
        for (var next = nextDueTime(); next != null && !next.isAfter(end); next = nextDueTime()) {
            clock.set(next);
            runDue();
        }
        clock.set(end);
    }

    private Job nextDue() {
        var executable = management
                .createJobQuery()
                .executable()
                .active()
                .orderByJobDuedate()
                .asc()
                .listPage(0, 1);
        return executable.isEmpty() ? null : executable.get(0);
    }

    private Instant nextDueTime() {
        var waiting = management
                .createJobQuery()
                .withRetriesLeft()
                .active()
                .duedateHigherThan(Date.from(clock.instant()))
                .orderByJobDuedate()
                .asc()
                .listPage(0, 1);
        return waiting.isEmpty() ? null : waiting.get(0).getDuedate().toInstant();
    }
}
