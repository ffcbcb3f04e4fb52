package io.upnext.messaging.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When something that was put off is tried again: pauses that grow, for about two days. */
public final class Backoff {

    private static final Duration[] PAUSES = {
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(2),
        Duration.ofHours(4),
    };

    private static final int MAX_ATTEMPTS = 16;

    private Backoff() {}

    /** @param attempts how often it was tried, this time included; @return empty where it is given up */
    public static Optional<Instant> next(int attempts, Instant now) {
        return attempts >= MAX_ATTEMPTS
                ? Optional.empty()
                : Optional.of(now.plus(PAUSES[Math.min(attempts, PAUSES.length) - 1]));
    }
}
