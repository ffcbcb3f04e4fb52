package io.upnext.record.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.record.Views;
import io.upnext.record.Views.View;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
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

/** Saved views over REST. */
@RestController
@RequestMapping("/api/v1/views")
class ViewApi {

    private final Views views;
    private final Access access;

    ViewApi(Views views, Access access) {
        this.views = views;
        this.access = access;
    }

    @GetMapping
    Paged<View> list(@RequestParam(required = false) String recordType, PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Views are sorted by name; leave 'sort' out.");
        }
        List<View> all = types(recordType)
                .flatMap(type -> views.of(access.current(), type).stream())
                .toList();
        List<View> items = all.stream().skip(page.offset()).limit(page.size()).toList();
        return Paged.of(items, page, all.size());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    View create(@RequestBody ViewInput view) {
        return views.create(access.current(), view.view());
    }

    @GetMapping("/{id}")
    View get(@PathVariable UUID id) {
        return views.get(access.current(), id);
    }

    @PutMapping("/{id}")
    View change(@PathVariable UUID id, @RequestBody ViewInput view) {
        return views.change(access.current(), id, view.view());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        views.delete(access.current(), id);
    }

    /** A view as callers write it; what is read-only is ignored. */
    @JsonIgnoreProperties({"id", "owner"})
    record ViewInput(
            RecordType recordType,
            String name,
            Boolean shared,
            Filter filter,
            String q,
            String sort,
            List<String> columns) {

        View view() {
            return new View(null, recordType, null, name, shared, filter, q, sort, columns);
        }
    }

    private static Stream<RecordType> types(String recordType) {
        if (recordType == null) {
            return Arrays.stream(RecordType.values());
        }
        return Stream.of(Arrays.stream(RecordType.values())
                .filter(type -> type.name().equals(recordType) || type.plural().equals(recordType))
                .findFirst()
                .orElseThrow(() -> new InvalidException(
                        "'recordType' is '" + recordType + "'; give LEAD, OPPORTUNITY, CONTACT or ACCOUNT.")));
    }
}
