package io.upnext.enrollment.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.enrollment.audience.AudienceDraft;
import io.upnext.enrollment.audience.AudienceMember;
import io.upnext.enrollment.audience.AudiencePreview;
import io.upnext.enrollment.audience.AudienceRecords;
import io.upnext.enrollment.audience.AudienceView;
import io.upnext.enrollment.audience.Audiences;
import io.upnext.enrollment.audience.When;
import io.upnext.security.Access;
import io.upnext.shared.AudienceId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import java.net.URI;
import java.util.List;
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

/** {@code /api/v1/audiences}; the shapes stand in {@code docs/audiences.md}. */
@RestController
@RequestMapping("/api/v1/audiences")
class AudienceApi {

    private final Audiences audiences;
    private final AudienceRecords records;
    private final Access access;

    AudienceApi(Audiences audiences, AudienceRecords records, Access access) {
        this.audiences = audiences;
        this.records = records;
        this.access = access;
    }

    /** An audience as callers write it; what is read-only is ignored. */
    @JsonIgnoreProperties({"id", "state", "problem", "nextRunAt", "lastRunAt", "counts"})
    record Written(
            String name,
            SequenceId sequence,
            RecordType recordType,
            Filter filter,
            List<UUID> views,
            When when,
            Integer priority,
            Boolean enabled,
            Boolean disconnectOnLeave,
            UserId owner) {

        AudienceDraft draft() {
            return new AudienceDraft(
                    name, sequence, recordType, filter, views, when, priority, enabled, disconnectOnLeave, owner);
        }
    }

    @GetMapping
    Paged<AudienceView> list(@RequestParam(required = false) SequenceId sequence, PageQuery page) {
        return audiences.list(access.current(), sequence, page);
    }

    @PostMapping
    ResponseEntity<AudienceView> create(@RequestBody Written written) {
        AudienceView made = audiences.create(access.current(), written.draft());
        return ResponseEntity.created(URI.create("/api/v1/audiences/" + made.id()))
                .body(made);
    }

    @GetMapping("/{id}")
    AudienceView get(@PathVariable AudienceId id) {
        return audiences.get(access.current(), id);
    }

    @PutMapping("/{id}")
    AudienceView change(@PathVariable AudienceId id, @RequestBody Written written) {
        return audiences.change(access.current(), id, written.draft());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable AudienceId id) {
        audiences.delete(access.current(), id);
    }

    @PostMapping("/{id}/enable")
    AudienceView enable(@PathVariable AudienceId id) {
        return audiences.enable(access.current(), id, true);
    }

    @PostMapping("/{id}/disable")
    AudienceView disable(@PathVariable AudienceId id) {
        return audiences.enable(access.current(), id, false);
    }

    @PostMapping("/{id}/evaluate")
    AudienceView evaluate(@PathVariable AudienceId id) {
        return audiences.evaluate(access.current(), id);
    }

    /** What an audience would find that is not saved yet. */
    @PostMapping("/preview")
    AudiencePreview preview(@RequestBody Written written) {
        return records.preview(access.current(), written.draft());
    }

    @GetMapping("/{id}/preview")
    AudiencePreview preview(@PathVariable AudienceId id) {
        return records.preview(access.current(), id);
    }

    @GetMapping("/{id}/members")
    Paged<AudienceMember> members(
            @PathVariable AudienceId id, @RequestParam(required = false) AudienceMember.State state, PageQuery page) {
        return records.members(access.current(), id, state, page);
    }
}
