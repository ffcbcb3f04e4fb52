package io.upnext.enrollment.web;

import io.upnext.enrollment.webhook.Delivery;
import io.upnext.enrollment.webhook.Webhook;
import io.upnext.enrollment.webhook.WebhookAdministration;
import io.upnext.security.Access;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/webhooks}, for administrators. */
@RestController
@RequestMapping("/api/v1/webhooks")
class WebhookApi {

    private final WebhookAdministration administration;
    private final Access access;

    WebhookApi(WebhookAdministration administration, Access access) {
        this.administration = administration;
        this.access = access;
    }

    /** @param events names such as {@code step.done}; absent or empty: every event */
    record Body(String url, List<String> events) {}

    @GetMapping
    Paged<Webhook> list(PageQuery page) {
        return administration.list(access.current(), page);
    }

    @GetMapping("/{id}")
    Webhook one(@PathVariable UUID id) {
        return administration.get(access.current(), id);
    }

    @PostMapping
    ResponseEntity<WebhookAdministration.Created> create(@RequestBody Body body) {
        WebhookAdministration.Created created = administration.create(access.current(), body.url(), body.events());
        return ResponseEntity.created(
                        URI.create("/api/v1/webhooks/" + created.webhook().id()))
                .body(created);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        administration.delete(access.current(), id);
    }

    @PostMapping("/{id}/enable")
    Webhook enable(@PathVariable UUID id) {
        return administration.enable(access.current(), id, true);
    }

    @PostMapping("/{id}/disable")
    Webhook disable(@PathVariable UUID id) {
        return administration.enable(access.current(), id, false);
    }

    @PostMapping("/{id}/ping")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void ping(@PathVariable UUID id) {
        administration.ping(access.current(), id);
    }

    @GetMapping("/{id}/deliveries")
    Paged<Delivery> deliveries(
            @PathVariable UUID id, @RequestParam(required = false) Delivery.State state, PageQuery page) {
        return administration.deliveries(access.current(), id, state, page);
    }

    @PostMapping("/{id}/deliveries/{delivery}/redeliver")
    Delivery redeliver(@PathVariable UUID id, @PathVariable long delivery) {
        return administration.redeliver(access.current(), id, delivery);
    }
}
