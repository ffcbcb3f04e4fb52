package io.upnext.enrollment.webhook;

import io.upnext.enrollment.webhook.Receivers.Outcome;
import io.upnext.enrollment.webhook.WebhookDeliveries.Claimed;
import io.upnext.operation.Worker;
import io.upnext.security.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Delivers what is stored. It claims, lets go and writes down what became of it, each in a transaction of its own, and
 * never waits for a receiver: a dead one holds up nobody but itself. A delivery whose node dies is made again when its
 * claim has run out, so receivers see each event at least once and know it by its id.
 */
@Component
class DeliveryWorker implements Worker {

    static final String NAME = "webhooks";

    private static final Duration CLAIM = Duration.ofMinutes(2);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final int CLEANED_AT_ONCE = 5_000;
    private static final long LANDING_WAIT_MILLIS = 50;

    private final Webhooks webhooks;
    private final WebhookDeliveries deliveries;
    private final Receivers receivers;
    private final DeliveryOutcomes outcomes;
    private final Secrets secrets;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Clock realTime;
    private final Map<UUID, Integer> flying = new ConcurrentHashMap<>();
    private final BlockingQueue<Landed> landed = new LinkedBlockingQueue<>();
    private volatile Instant cleaned = Instant.EPOCH;

    private record Landed(Claimed delivery, Outcome outcome) {}

    DeliveryWorker(
            Webhooks webhooks,
            WebhookDeliveries deliveries,
            Receivers receivers,
            DeliveryOutcomes outcomes,
            Secrets secrets,
            TransactionTemplate transaction,
            Clock clock,
            @Qualifier("realTime") Clock realTime) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.receivers = receivers;
        this.outcomes = outcomes;
        this.secrets = secrets;
        this.transaction = transaction;
        this.clock = clock;
        this.realTime = realTime;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int runOnce() {
        int moved = writeDown(landed.poll()) + letGo() + clean();
        if (moved == 0 && !flying.isEmpty()) {
            moved = 1 + writeDown(awaitLanding());
        }
        return moved;
    }

    private Landed awaitLanding() {
        try {
            return landed.poll(LANDING_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private int writeDown(Landed first) {
        int count = 0;
        for (Landed next = first; next != null; next = landed.poll()) {
            count++;
            UUID webhook = next.delivery().webhook();
            flying.computeIfPresent(webhook, (id, number) -> number > 1 ? number - 1 : null);
            outcomes.of(next.delivery(), next.outcome());
        }
        return count;
    }

    private int letGo() {
        if (webhooks.known().stream().noneMatch(Webhook::enabled)) {
            return 0;
        }
        Instant real = realTime.instant();
        List<Claimed> claimed = transaction.execute(
                status -> deliveries.claim(flying.keySet(), clock.instant(), real, real.plus(CLAIM)));
        if (claimed == null || claimed.isEmpty()) {
            return 0;
        }
        Map<UUID, Webhook> byId = webhooks.load().stream().collect(Collectors.toMap(Webhook::id, Function.identity()));
        claimed.stream().sorted((a, b) -> Long.compare(a.id(), b.id())).forEach(delivery -> {
            Webhook webhook = byId.get(delivery.webhook());
            if (webhook != null) {
                send(webhook, delivery);
            }
        });
        return claimed.size();
    }

    private void send(Webhook webhook, Claimed delivery) {
        flying.merge(webhook.id(), 1, Integer::sum);
        receivers
                .deliver(webhook.url(), secrets.decrypt(WebhookAdministration.PURPOSE, webhook.secret()), delivery)
                .thenAccept(outcome -> landed.add(new Landed(delivery, outcome)));
    }

    private int clean() {
        Instant now = realTime.instant();
        if (cleaned.plus(BETWEEN_CLEANINGS).isAfter(now)) {
            return 0;
        }
        int removed = deliveries.deleteBefore(clock.instant().minus(KEPT), CLEANED_AT_ONCE);
        if (removed < CLEANED_AT_ONCE) {
            cleaned = now;
        }
        return removed;
    }

    @Override
    public boolean hasWork() {
        return !webhooks.known().isEmpty() && deliveries.anyDue(clock.instant());
    }

    @Override
    public Optional<Instant> nextDue() {
        return webhooks.known().isEmpty() ? Optional.empty() : deliveries.nextDue();
    }
}
