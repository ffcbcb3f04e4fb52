package io.upnext.security.web;

import io.upnext.security.Access;
import io.upnext.security.AuditTrail;
import io.upnext.security.AuditTrail.Entry;
import io.upnext.security.AuditTrail.Search;
import io.upnext.security.Right;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.UserId;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who changed what and when, newest first; for administrators. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditApi {

    private final AuditTrail trail;
    private final Access access;

    AuditApi(AuditTrail trail, Access access) {
        this.trail = trail;
        this.access = access;
    }

    @GetMapping
    Paged<Entry> list(
            @RequestParam(required = false) UserId user,
            @RequestParam(required = false) String action,
            @RequestParam(required = false) String subject,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) OffsetDateTime from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) OffsetDateTime to,
            PageQuery page) {
        access.current().require(Right.ADMINISTER);
        var search = new Search(
                user, action, subject, from == null ? null : from.toInstant(), to == null ? null : to.toInstant());
        return trail.find(search, page);
    }

    @GetMapping("/{id}")
    Entry one(@PathVariable UUID id) {
        access.current().require(Right.ADMINISTER);
        return trail.find(id).orElseThrow(() -> new NotFoundException("There is no entry '" + id + "'."));
    }
}
