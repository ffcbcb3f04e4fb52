package io.upnext.security;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many log-ins failed lately; the caller has to wait. */
class TooManyAttemptsException extends AuthenticationException {

    private final transient Duration wait;

    TooManyAttemptsException(Duration wait) {
        super("Too many log-ins failed; try again in " + Math.max(1, wait.toMinutes()) + " minutes.");
        this.wait = wait;
    }

    long retryAfterSeconds() {
        return Math.max(1, wait.toSeconds());
    }
}
