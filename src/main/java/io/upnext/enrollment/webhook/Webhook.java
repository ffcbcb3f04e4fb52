package io.upnext.enrollment.webhook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A receiver elsewhere.
 *
 * @param events what it is told; empty: everything
 * @param secret encrypted
 * @param failures how often in a row it could not be reached
 * @param failingSince since when nothing was delivered although it was tried
 * @param pausedUntil before that it is not tried again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(
        UUID id,
        String url,
        Set<WebhookEvent> events,
        @JsonIgnore String secret,
        boolean enabled,
        Instant createdAt,
        int failures,
        Instant failingSince,
        Instant pausedUntil,
        String lastError) {

    boolean wants(WebhookEvent event) {
        return enabled && (events.isEmpty() || events.contains(event));
    }

    @Override
    public String toString() {
        return "webhook " + id;
    }
}
