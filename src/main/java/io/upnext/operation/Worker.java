package io.upnext.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Work that is done in the background from rows of a table: mails to send, received mails to apply, operations to run.
 * Every node runs every worker; rows are taken with {@code for update skip locked}. All state is in the database, so
 * that a worker can be killed at any point.
 */
public interface Worker {

    /** Short name for logs, metrics and {@link Workers#wake}. */
    String name();

    /**
     * Does one batch of what is due now.
     *
     * @return how many items were handled; 0 means that nothing is due
     */
    int runOnce();

    /** Is there a row that is due now or half-done (claimed by somebody), on any node? */
    boolean hasWork();

    /** When the next row becomes due, if one waits for a later time. */
    default Optional<Instant> nextDue() {
        return Optional.empty();
    }

    /** Changes with every part of the work that is done elsewhere than in {@link #runOnce}; tells a stand-still. */
    default String progress() {
        return "";
    }

    /** How long to wait after an empty batch before looking again unasked. */
    default Duration pause() {
        return Duration.ofSeconds(1);
    }

    /** Does somebody wait for it, so that it has the {@link RightOfWay}? */
    default boolean urgent() {
        return false;
    }

    /** How many threads run this worker on one node. */
    default int threads() {
        return 1;
    }
}
