package io.upnext.messaging.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.messaging.template.TextTemplateCatalogue;
import io.upnext.messaging.template.TextTemplateCatalogue.Draft;
import io.upnext.messaging.template.TextTemplatePreview;
import io.upnext.messaging.template.TextTemplatePreview.Preview;
import io.upnext.security.Access;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
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
import org.springframework.web.util.UriComponentsBuilder;

/** {@code /api/v1/text-templates}; the key of a template is its name and language. */
@RestController
@RequestMapping("/api/v1/text-templates")
class TextTemplateApi {

    private final TextTemplateCatalogue catalogue;
    private final TextTemplatePreview preview;
    private final Access access;

    TextTemplateApi(TextTemplateCatalogue catalogue, TextTemplatePreview preview, Access access) {
        this.catalogue = catalogue;
        this.preview = preview;
        this.access = access;
    }

    @JsonIgnoreProperties({"id", "state", "version"})
    record Body(String name, String text, String language, RecordType recordType) {

        Draft draft() {
            return new Draft(name, text, language, recordType);
        }
    }

    /** @param language explicit, else the record's, as when it is sent */
    record PreviewBody(RecordId recordId, String language) {}

    @GetMapping
    Paged<Draft> list(@RequestParam(required = false) String q, PageQuery page) {
        return catalogue.list(q, page);
    }

    @GetMapping("/{name}")
    Draft get(@PathVariable String name, @RequestParam(required = false) String language) {
        return catalogue.get(name, language);
    }

    @PostMapping
    ResponseEntity<Draft> create(@RequestBody Body body) {
        Draft created = catalogue.create(access.current(), body.draft());
        return ResponseEntity.created(UriComponentsBuilder.fromPath("/api/v1/text-templates/{name}")
                        .queryParam("language", created.language())
                        .build(created.name()))
                .body(created);
    }

    @PutMapping("/{name}")
    Draft replace(@PathVariable String name, @RequestParam(required = false) String language, @RequestBody Body body) {
        return catalogue.update(access.current(), name, language != null ? language : body.language(), body.draft());
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name, @RequestParam(required = false) String language) {
        catalogue.delete(access.current(), name, language);
    }

    @PostMapping("/{name}/preview")
    Preview preview(@PathVariable String name, @RequestBody PreviewBody body) {
        return preview.of(access.current(), name, body.language(), body.recordId());
    }
}
