package io.upnext.sequence.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.security.Access;
import io.upnext.sequence.SequenceTemplates;
import io.upnext.sequence.SequenceTemplates.SequenceTemplate;
import io.upnext.sequence.SequenceView;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The sequences that come with the product. */
@RestController
@RequestMapping("/api/v1/sequence-templates")
class SequenceTemplateApi {

    private final SequenceTemplates templates;
    private final Access access;

    SequenceTemplateApi(SequenceTemplates templates, Access access) {
        this.templates = templates;
        this.access = access;
    }

    @GetMapping
    Paged<SequenceTemplate> list(PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Sequence templates come in their own order; leave 'sort' out.");
        }
        List<SequenceTemplate> all = templates.all();
        return Paged.of(all.stream().skip(page.offset()).limit(page.size()).toList(), page, all.size());
    }

    @GetMapping("/{key}")
    SequenceTemplate get(@PathVariable String key) {
        return templates.get(key);
    }

    /** @param name null keeps the template's */
    record Named(String name) {}

    /** Begins a sequence with it. */
    @PostMapping("/{key}/sequences")
    ResponseEntity<ObjectNode> create(@PathVariable String key, @RequestBody(required = false) Named named) {
        SequenceView view = templates.create(access.current(), key, named == null ? null : named.name());
        return SequenceAnswers.tagged(ResponseEntity.created(URI.create("/api/v1/sequences/" + view.id())), view)
                .body(SequenceAnswers.answer(view));
    }
}
