package io.upnext.messaging.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.messaging.Snippets;
import io.upnext.messaging.Snippets.Draft;
import io.upnext.messaging.Snippets.Snippet;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/snippets}: {@code {name, html, shared}}. */
@RestController
@RequestMapping("/api/v1/snippets")
class SnippetApi {

    private final Snippets snippets;
    private final Access access;

    SnippetApi(Snippets snippets, Access access) {
        this.snippets = snippets;
        this.access = access;
    }

    @JsonIgnoreProperties({"id", "owner"})
    record Body(String name, String html, Boolean shared) {

        Draft draft() {
            return new Draft(name, html, shared);
        }
    }

    @GetMapping
    Paged<Snippet> list(@RequestParam(required = false) String q, PageQuery page) {
        return snippets.list(access.current(), q, page);
    }

    @GetMapping("/{id}")
    Snippet one(@PathVariable UUID id) {
        return snippets.get(access.current(), id);
    }

    @PostMapping
    ResponseEntity<Snippet> create(@RequestBody Body body) {
        Snippet created = snippets.create(access.current(), body.draft());
        return ResponseEntity.created(URI.create("/api/v1/snippets/" + created.id()))
                .body(created);
    }

    @PutMapping("/{id}")
    Snippet replace(@PathVariable UUID id, @RequestBody Body body) {
        return snippets.update(access.current(), id, body.draft());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        snippets.delete(access.current(), id);
    }
}
