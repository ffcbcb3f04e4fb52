package io.upnext.enrollment.web;

import io.upnext.enrollment.Plan;
import io.upnext.enrollment.Preview;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import java.time.OffsetDateTime;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The whole plan for a real record. */
@RestController
@RequestMapping("/api/v1/sequences/{id}/preview")
class PreviewController {

    private final Preview preview;
    private final Access access;

    PreviewController(Preview preview, Access access) {
        this.preview = preview;
        this.access = access;
    }

    /** @param start when the record would be connected; absent: now */
    record Asked(RecordId recordId, OffsetDateTime start) {}

    @PostMapping
    Plan preview(@PathVariable SequenceId id, @RequestBody Asked asked) {
        if (asked.recordId() == null) {
            throw new InvalidException("'recordId' is missing; name the record to plan for.");
        }
        return preview.of(
                access.current(),
                id,
                asked.recordId(),
                asked.start() == null ? null : asked.start().toInstant());
    }
}
