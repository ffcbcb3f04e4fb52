package io.upnext.messaging.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.messaging.domain.DkimAdministration;
import io.upnext.messaging.domain.DkimKey;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/dkim-keys}: made here, shown with the record to publish; the private half stays here. */
@RestController
@RequestMapping("/api/v1/dkim-keys")
class DkimKeyApi {

    private final DkimAdministration administration;
    private final Access access;

    DkimKeyApi(DkimAdministration administration, Access access) {
        this.administration = administration;
        this.access = access;
    }

    record Fresh(String domain, String selector) {}

    @JsonIgnoreProperties({"id", "domain", "selector", "createdAt", "record"})
    record Change(Boolean enabled) {}

    @GetMapping
    Paged<DkimKey> list(PageQuery page) {
        return administration.list(access.current(), page);
    }

    @GetMapping("/{id}")
    DkimKey one(@PathVariable UUID id) {
        return administration.get(access.current(), id);
    }

    @PostMapping
    ResponseEntity<DkimKey> create(@RequestBody Fresh body) {
        DkimKey key = administration.create(access.current(), body.domain(), body.selector());
        return ResponseEntity.created(URI.create("/api/v1/dkim-keys/" + key.id()))
                .body(key);
    }

    @PutMapping("/{id}")
    DkimKey change(@PathVariable UUID id, @RequestBody Change body) {
        if (body.enabled() == null) {
            throw new InvalidException("'enabled' must be true (sign with it) or false.");
        }
        return administration.enable(access.current(), id, body.enabled());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        administration.delete(access.current(), id);
    }
}
