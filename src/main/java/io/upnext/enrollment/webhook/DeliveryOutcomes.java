package io.upnext.enrollment.webhook;

import io.upnext.enrollment.webhook.Receivers.Outcome;
import io.upnext.enrollment.webhook.WebhookDeliveries.Claimed;
import io.upnext.security.AuditLog;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What becomes of a delivery, and of its webhook: tried again after pauses that grow, given up after the last of them;
 * a webhook to which nothing could be delivered for days is switched off.
 */
@Component
class DeliveryOutcomes {

    static final String DAYS = "webhookFailureDays";
    static final int DEFAULT_DAYS = 5;

    /** Together about three days. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ofHours(24));

    private static final Duration LONGEST_PAUSE_OF_A_WEBHOOK = Duration.ofHours(1);

    private final Webhooks webhooks;
    private final WebhookDeliveries deliveries;
    private final Settings settings;
    private final AuditLog audit;
    private final Clock clock;

    DeliveryOutcomes(Webhooks webhooks, WebhookDeliveries deliveries, Settings settings, AuditLog audit, Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    void of(Claimed delivery, Outcome outcome) {
        Instant now = clock.instant();
        if (outcome.ok()) {
            deliveries.delivered(delivery.id(), outcome.status(), now);
            webhooks.works(delivery.webhook());
            return;
        }
        tryAgain(delivery, outcome, now);
        webhooks.find(delivery.webhook()).ifPresent(webhook -> failed(webhook, outcome, now));
    }

    private void tryAgain(Claimed delivery, Outcome outcome, Instant now) {
        Optional<Duration> pause = pauseAfter(delivery.tries());
        if (pause.isPresent()) {
            deliveries.failed(delivery.id(), outcome.status(), outcome.error(), now.plus(pause.get()));
        } else {
            deliveries.givenUp(delivery.id(), outcome.status(), outcome.error(), now);
        }
    }

    private static Optional<Duration> pauseAfter(int tries) {
        return tries > PAUSES.size() ? Optional.empty() : Optional.of(PAUSES.get(tries - 1));
    }

    private void failed(Webhook webhook, Outcome outcome, Instant now) {
        if (outcome.there()) {
            webhooks.refuses(webhook.id(), now, outcome.error());
        } else {
            webhooks.unreachable(webhook.id(), now, pauseOfWebhook(webhook.failures()), outcome.error());
        }
        Duration failing = Duration.between(webhook.failingSince() == null ? now : webhook.failingSince(), now);
        int days = settings.number(DAYS, DEFAULT_DAYS);
        if (webhook.enabled() && days > 0 && failing.toDays() >= days) {
            webhooks.disable(webhook.id());
            audit.add(
                    Actor.SYSTEM,
                    "webhook.disable",
                    "webhook:" + webhook.id(),
                    null,
                    Map.of("failingSince", webhook.failingSince(), "error", outcome.error()));
        }
    }

    private static Duration pauseOfWebhook(int failures) {
        Duration pause = PAUSES.get(Math.min(failures, PAUSES.size() - 1));
        return pause.compareTo(LONGEST_PAUSE_OF_A_WEBHOOK) < 0 ? pause : LONGEST_PAUSE_OF_A_WEBHOOK;
    }
}
