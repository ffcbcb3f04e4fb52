package io.upnext.sequence.web;

import io.upnext.security.Access;
import io.upnext.security.Right;
import io.upnext.sequence.Tags;
import io.upnext.sequence.Tags.Tag;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.net.URI;
import java.util.List;
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

/** {@code /api/v1/tags}: the tree of tags. {@code parent} is the path of the tag above, or its id in requests; absent at the top. */
@RestController
@RequestMapping("/api/v1/tags")
class TagApi {

    private final Tags tags;
    private final Access access;

    TagApi(Tags tags, Access access) {
        this.tags = tags;
        this.access = access;
    }

    record NewTag(String name, String parent) {}

    /** What is left out stays; an empty parent is the top. */
    record Change(String name, String parent) {}

    @GetMapping
    Paged<Tag> list(PageQuery page) {
        access.current().require(Right.VIEW_SEQUENCES);
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Tags are listed as a tree; leave 'sort' out.");
        }
        List<Tag> all = tags.all();
        List<Tag> items = all.stream().skip(page.offset()).limit(page.size()).toList();
        return Paged.of(items, page, all.size());
    }

    @GetMapping("/{id}")
    Tag get(@PathVariable String id) {
        access.current().require(Right.VIEW_SEQUENCES);
        return tags.get(id);
    }

    @PostMapping
    ResponseEntity<Tag> create(@RequestBody NewTag wanted) {
        Tag tag = tags.create(access.current(), wanted.name(), wanted.parent());
        return ResponseEntity.created(URI.create("/api/v1/tags/" + tag.id())).body(tag);
    }

    @PutMapping("/{id}")
    Tag change(@PathVariable String id, @RequestBody Change change) {
        if (change.name() == null && change.parent() == null) {
            throw new InvalidException("Nothing is to change; give a 'name', a 'parent' or both.");
        }
        return tags.change(access.current(), id, change.name(), change.parent());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        tags.delete(access.current(), id);
    }
}
