package io.upnext.security.web;

import io.upnext.security.Access;
import io.upnext.security.ApiKeys;
import io.upnext.security.ApiKeys.ApiKey;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's own API keys. */
@RestController
@RequestMapping("/api/v1/api-keys")
class ApiKeyApi {

    private final ApiKeys keys;
    private final Access access;

    ApiKeyApi(ApiKeys keys, Access access) {
        this.keys = keys;
        this.access = access;
    }

    record Body(String name, Instant expiresAt) {}

    /** @param key shown here and never again */
    record Created(UUID id, String name, String prefix, Instant createdAt, Instant expiresAt, String key) {}

    @GetMapping
    Paged<ApiKey> list(PageQuery page) {
        return Lists.page(
                keys.of(access.current().id()),
                page,
                Map.of("name", ApiKey::name, "createdAt", key -> key.createdAt().toString()),
                ApiKey::id);
    }

    @PostMapping
    ResponseEntity<Created> create(@RequestBody Body body) {
        var made = keys.create(access.current(), body.name(), body.expiresAt());
        var about = made.about();
        return ResponseEntity.created(URI.create("/api/v1/api-keys/" + about.id()))
                .body(new Created(
                        about.id(), about.name(), about.prefix(), about.createdAt(), about.expiresAt(), made.key()));
    }

    @GetMapping("/{id}")
    ApiKey one(@PathVariable UUID id) {
        return keys.of(access.current().id()).stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("You have no API key '" + id + "'."));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        if (!keys.delete(access.current(), id)) {
            throw new NotFoundException("You have no API key '" + id + "'.");
        }
    }
}
