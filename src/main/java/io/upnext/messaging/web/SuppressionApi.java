package io.upnext.messaging.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.messaging.SuppressionAdministration;
import io.upnext.messaging.Suppressions.Reason;
import io.upnext.messaging.Suppressions.Suppression;
import io.upnext.security.Access;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/suppressions}: {@code {address}}, {@code {domain}} or {@code {number}}, with a reason. */
@RestController
@RequestMapping("/api/v1/suppressions")
class SuppressionApi {

    private final SuppressionAdministration administration;
    private final Access access;

    SuppressionApi(SuppressionAdministration administration, Access access) {
        this.administration = administration;
        this.access = access;
    }

    @JsonIgnoreProperties({"id", "at", "by"})
    record Body(String address, String domain, String number, Reason reason, String detail) {}

    @GetMapping
    Paged<Suppression> list(@RequestParam(required = false) String q, PageQuery page) {
        return administration.list(access.current(), q, page);
    }

    @GetMapping("/{id}")
    Suppression one(@PathVariable UUID id) {
        return administration.get(access.current(), id);
    }

    @PostMapping
    ResponseEntity<Suppression> create(@RequestBody Body body) {
        Suppression created = body.number() != null && body.address() == null && body.domain() == null
                ? administration.createNumber(access.current(), body.number(), body.reason(), body.detail())
                : administration.create(access.current(), body.address(), body.domain(), body.reason(), body.detail());
        return ResponseEntity.created(URI.create("/api/v1/suppressions/" + created.id()))
                .body(created);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        administration.delete(access.current(), id);
    }
}
