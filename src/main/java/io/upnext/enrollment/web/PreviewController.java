package io.upnext.enrollment.web;

import io.upnext.enrollment.Plan;
import io.upnext.enrollment.Preview;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    private static final Duration FARTHEST = Duration.ofDays(3_653);

    private final Preview preview;
    private final Access access;
    private final Clock clock;

    PreviewController(Preview preview, Access access, Clock clock) {
        this.preview = preview;
        this.clock = clock;
        this.access = access;
    }

    /** @param start when the record would be connected; absent: now */
    record Asked(RecordId recordId, OffsetDateTime start) {}

    @PostMapping
    Plan preview(@PathVariable SequenceId id, @RequestBody Asked asked) {
        if (asked.recordId() == null) {
            throw new InvalidException("'recordId' is missing; name the record to plan for.");
        }
        return preview.of(access.current(), id, asked.recordId(), start(asked));
    }

    /** Calendars end somewhere, and waits are added to it. */
    private Instant start(Asked asked) {
        if (asked.start() == null) {
            return null;
        }
        Instant start = asked.start().toInstant();
        if (Duration.between(clock.instant(), start).abs().compareTo(FARTHEST) > 0) {
            throw new InvalidException("'start' lies more than ten years away; give a time that is nearer.");
        }
        return start;
    }
}
