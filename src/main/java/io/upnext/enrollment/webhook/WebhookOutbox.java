package io.upnext.enrollment.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.operation.Workers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Stores what happened for every webhook that wants it, in the transaction in which it happens: what is rolled back is
 * not told, what is committed is. Costs no statement where no webhook wants it.
 */
@Component
public class WebhookOutbox {

    private final Webhooks webhooks;
    private final WebhookDeliveries deliveries;
    private final ObjectMapper json;
    private final Workers workers;

    WebhookOutbox(Webhooks webhooks, WebhookDeliveries deliveries, ObjectMapper json, Workers workers) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.json = json;
        this.workers = workers;
    }

    /** Does any webhook want to hear of it? Answered from memory. */
    public boolean wants(WebhookEvent event) {
        return webhooks.known().stream().anyMatch(webhook -> webhook.wants(event));
    }

    /** In the order in which they happened; each enrollment's are delivered in that order. */
    public void add(List<Happening> happenings) {
        List<WebhookDeliveries.Fresh> fresh = new ArrayList<>();
        for (Happening happening : happenings) {
            List<Webhook> wanting = webhooks.known().stream()
                    .filter(webhook -> webhook.wants(happening.event()))
                    .toList();
            if (!wanting.isEmpty()) {
                UUID event = UUID.randomUUID();
                String body = body(event, happening.event().wire(), happening.at(), happening.data());
                wanting.forEach(webhook -> fresh.add(new WebhookDeliveries.Fresh(
                        webhook.id(),
                        event,
                        happening.event().wire(),
                        happening.enrollment().value(),
                        body,
                        happening.at())));
            }
        }
        store(fresh);
    }

    /** A delivery that only tries whether the receiver is there. */
    void ping(Webhook webhook, Instant at) {
        UUID event = UUID.randomUUID();
        String body = body(event, "ping", at, Map.of("webhook", webhook.id()));
        store(List.of(new WebhookDeliveries.Fresh(webhook.id(), event, "ping", null, body, at)));
    }

    private void store(List<WebhookDeliveries.Fresh> fresh) {
        if (!fresh.isEmpty()) {
            deliveries.insert(fresh);
            workers.wake(DeliveryWorker.NAME);
        }
    }

    private String body(UUID id, String event, Instant at, Map<String, Object> data) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("event", event);
        body.put("at", at.toString());
        body.put("data", data);
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
