package io.upnext.enrollment.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.KnownSetting;
import io.upnext.security.Right;
import io.upnext.security.Secrets;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Setting up webhooks and looking after their deliveries; for administrators. */
@Component
public class WebhookAdministration {

    static final String PURPOSE = "webhook";

    private static final int MOST = 20;
    private static final int SECRET_BYTES = 32;

    private final Webhooks webhooks;
    private final WebhookDeliveries deliveries;
    private final WebhookOutbox outbox;
    private final ReceiverAddresses addresses;
    private final Secrets secrets;
    private final AuditLog audit;
    private final Clock clock;
    private final Clock realTime;
    private final SecureRandom random = new SecureRandom();

    WebhookAdministration(
            Webhooks webhooks,
            WebhookDeliveries deliveries,
            WebhookOutbox outbox,
            ReceiverAddresses addresses,
            Secrets secrets,
            AuditLog audit,
            Clock clock,
            @Qualifier("realTime") Clock realTime) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.outbox = outbox;
        this.addresses = addresses;
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
        this.realTime = realTime;
    }

    /** A new webhook. @param secret what its deliveries are signed with; shown here and never again */
    public record Created(@JsonUnwrapped Webhook webhook, String secret) {

        @Override
        public String toString() {
            return webhook.toString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class KnownSettings {

        @Bean
        KnownSetting webhookFailureDays() {
            return KnownSetting.number(DeliveryOutcomes.DAYS, DeliveryOutcomes.DEFAULT_DAYS);
        }
    }

    public Paged<Webhook> list(CurrentUser user, PageQuery page) {
        user.require(Right.ADMINISTER);
        List<Webhook> all = webhooks.load();
        return Paged.of(all.stream().skip(page.offset()).limit(page.size()).toList(), page, all.size());
    }

    public Webhook get(CurrentUser user, UUID id) {
        user.require(Right.ADMINISTER);
        return find(id);
    }

    /** @param events names such as {@code step.done}; null or empty for every event */
    @Transactional
    public Created create(CurrentUser user, String url, List<String> events) {
        user.require(Right.ADMINISTER);
        if (webhooks.load().size() >= MOST) {
            throw new ConflictException("There are " + MOST + " webhooks already; delete one first.");
        }
        byte[] key = new byte[SECRET_BYTES];
        random.nextBytes(key);
        String secret = "whsec_" + Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        Webhook webhook = new Webhook(
                UUID.randomUUID(),
                addresses.checked(url).toString(),
                events(events),
                secrets.encrypt(PURPOSE, secret),
                true,
                clock.instant(),
                0,
                null,
                null,
                null);
        webhooks.insert(webhook);
        audit.add(user.actor(), "webhook.create", "webhook:" + webhook.id(), null, webhook);
        return new Created(webhook, secret);
    }

    private static Set<WebhookEvent> events(List<String> names) {
        Set<WebhookEvent> events = EnumSet.noneOf(WebhookEvent.class);
        for (String name : names == null ? List.<String>of() : names) {
            if (name == null) {
                throw new InvalidException("'events' must be names such as 'step.done', without null.");
            }
            events.add(WebhookEvent.of(name));
        }
        return events;
    }

    /** What was still to be delivered is not. */
    @Transactional
    public void delete(CurrentUser user, UUID id) {
        Webhook webhook = get(user, id);
        webhooks.delete(id);
        deliveries.deleteOf(id);
        audit.add(user.actor(), "webhook.delete", "webhook:" + id, webhook, null);
    }

    /** What is stored already is delivered when it is on again; what happens while it is off is not stored. */
    @Transactional
    public Webhook enable(CurrentUser user, UUID id, boolean enabled) {
        Webhook before = get(user, id);
        if (before.enabled() != enabled) {
            if (enabled) {
                webhooks.enable(id);
            } else {
                webhooks.disable(id);
            }
            audit.add(user.actor(), enabled ? "webhook.enable" : "webhook.disable", "webhook:" + id, before, find(id));
        }
        return find(id);
    }

    /** Sends a {@code ping}, so that one sees whether the receiver is there. */
    @Transactional
    public void ping(CurrentUser user, UUID id) {
        outbox.ping(get(user, id), clock.instant());
    }

    /** Newest first. @param state null for all */
    public Paged<Delivery> deliveries(CurrentUser user, UUID id, Delivery.State state, PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Deliveries stand newest first; one cannot sort them.");
        }
        return deliveries.list(get(user, id).id(), state, page);
    }

    /** Delivers it once more, also one that arrived. */
    @Transactional
    public Delivery redeliver(CurrentUser user, UUID id, long delivery) {
        Webhook webhook = get(user, id);
        Delivery found = deliveries
                .find(id, delivery)
                .orElseThrow(() -> new NotFoundException("There is no delivery '" + delivery + "' of this webhook."));
        if (!webhook.enabled()) {
            throw new ConflictException("The webhook is switched off; switch it on first.");
        }
        if (!deliveries.again(id, found.id(), clock.instant(), realTime.instant())) {
            throw new ConflictException("The delivery is on its way just now; ask again in a moment.");
        }
        audit.add(user.actor(), "webhook.redeliver", "webhook:" + id, null, String.valueOf(delivery));
        return deliveries.find(id, delivery).orElseThrow();
    }

    private Webhook find(UUID id) {
        return webhooks.find(id).orElseThrow(() -> new NotFoundException("There is no webhook '" + id + "'."));
    }
}
