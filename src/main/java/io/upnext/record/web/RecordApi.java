package io.upnext.record.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordSearch;
import io.upnext.record.Records;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The records of all four types over REST. */
@RestController
@RequestMapping("/api/v1/records/{type:leads|opportunities|contacts|accounts}")
class RecordApi {

    private final Records records;
    private final RecordSearch search;
    private final Access access;

    RecordApi(Records records, RecordSearch search, Access access) {
        this.records = records;
        this.search = search;
        this.access = access;
    }

    @GetMapping
    Paged<RecordJson> list(
            @PathVariable String type,
            @RequestParam(required = false) String q,
            @RequestParam(required = false) String filter,
            PageQuery page) {
        Filter condition = filter == null || filter.isBlank() ? null : Filter.parse(filter);
        return search.list(access.current(), RecordType.ofPlural(type), q, condition, page)
                .map(RecordJson::of);
    }

    @PostMapping
    ResponseEntity<RecordJson> create(@PathVariable String type, @RequestBody RecordInput input) {
        CurrentUser user = access.current();
        CrmRecord record = records.create(
                RecordType.ofPlural(type), input.values(), records.owner(input.owner()), input.state(), user.actor());
        URI location = URI.create("/api/v1/records/" + record.type().plural() + "/" + record.id());
        return ResponseEntity.created(location).eTag(tag(record)).body(RecordJson.of(record));
    }

    @GetMapping("/{id}")
    ResponseEntity<RecordJson> get(@PathVariable String type, @PathVariable RecordId id) {
        return answer(records.get(access.current(), RecordType.ofPlural(type), id));
    }

    /** With {@code If-Match}, only the version the caller has seen is changed. */
    @PatchMapping("/{id}")
    ResponseEntity<RecordJson> change(
            @PathVariable String type,
            @PathVariable RecordId id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch,
            @RequestBody RecordInput input) {
        CurrentUser user = access.current();
        records.get(user, RecordType.ofPlural(type), id);
        return answer(records.update(
                id, input.values(), records.owner(input.owner()), input.state(), user.actor(), version(ifMatch)));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable String type, @PathVariable RecordId id) {
        records.delete(access.current(), RecordType.ofPlural(type), id);
        return ResponseEntity.noContent().build();
    }

    /**
     * What a caller may set; what only reads is passed over, so that a record read can be sent back.
     *
     * @param fields by name; null or an empty text empties a field
     */
    @JsonIgnoreProperties({"id", "type", "name", "createdAt", "updatedAt"})
    record RecordInput(Map<String, Object> fields, String owner, String state) {

        Map<String, Object> values() {
            return fields == null ? Map.of() : fields;
        }
    }

    private static ResponseEntity<RecordJson> answer(CrmRecord record) {
        return ResponseEntity.ok().eTag(tag(record)).body(RecordJson.of(record));
    }

    private static String tag(CrmRecord record) {
        return "\"" + record.version() + "\"";
    }

    private static Long version(String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        try {
            return Long.valueOf(ifMatch.strip().replaceAll("^(W/)?\"|\"$", ""));
        } catch (NumberFormatException e) {
            throw new InvalidException("'If-Match' is no ETag of this record; give the one that GET answered.");
        }
    }
}
