package io.upnext.enrollment.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.EnrollmentId;
import java.time.Instant;
import java.util.UUID;

/**
 * One event on its way to one webhook.
 *
 * @param event also {@code ping}
 * @param enrollment null for a ping
 * @param nextTryAt only while it is pending
 * @param status the receiver's last answer (HTTP), if it answered
 * @param error why the last try failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
        long id,
        UUID eventId,
        String event,
        EnrollmentId enrollment,
        Instant at,
        State state,
        int tries,
        Instant nextTryAt,
        Instant finishedAt,
        Integer status,
        String error,
        String body) {

    public enum State {
        PENDING,
        DELIVERED,
        /** Tried often enough; later events of the enrollment go on without it. */
        GIVEN_UP
    }
}
