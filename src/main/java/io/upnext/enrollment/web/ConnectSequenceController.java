package io.upnext.enrollment.web;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.upnext.enrollment.ConnectNow;
import io.upnext.enrollment.audience.Audiences;
import io.upnext.security.Access;
import io.upnext.shared.AudienceId;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Connects one record the way the action of Dynamics 365 does, with its names. */
@RestController
class ConnectSequenceController {

    private static final Duration LONGEST_WAIT = Duration.ofDays(365);
    private static final int LONGEST_SOURCE = 200;

    private final ConnectNow connecting;
    private final Audiences audiences;
    private final Access access;

    ConnectSequenceController(ConnectNow connecting, Audiences audiences, Access access) {
        this.connecting = connecting;
        this.audiences = audiences;
        this.access = access;
    }

    /** Flows of Power Automate write these names in several ways, so their case does not matter. */
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
    record Wanted(
            @JsonProperty("RegardingEntityId") RecordId record,
            @JsonProperty("RegardingEntityName") String recordType,
            @JsonProperty("SequenceId") SequenceId sequence,
            @JsonProperty("SegmentId") String segment,
            @JsonProperty("Source") String source,
            @JsonProperty("WaitTime") String waitTime,

            @JsonProperty("AdvancedToOtherSequenceTargetStepId")
            String startAtStep) {}

    record Connected(@JsonProperty("EnrollmentId") EnrollmentId enrollment) {}

    @PostMapping({"/api/v1/actions/ConnectSequence", "/api/v1/actions/msdyn_ConnectSequence"})
    Connected connect(@RequestBody Wanted wanted) {
        required("RegardingEntityId", wanted.record());
        required("RegardingEntityName", wanted.recordType());
        required("SequenceId", wanted.sequence());
        return new Connected(connecting.connect(
                access.current(),
                new ConnectNow.Wanted(
                        wanted.sequence(),
                        type(wanted.recordType()),
                        wanted.record(),
                        wait(wanted.waitTime()),
                        wanted.startAtStep(),
                        source(wanted.source()),
                        audience(wanted.segment()))));
    }

    private static void required(String name, Object value) {
        if (value == null) {
            throw new InvalidException("'" + name + "' is missing.");
        }
    }

    private static RecordType type(String name) {
        try {
            return RecordType.valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidException(
                    "'RegardingEntityName' is '" + name + "'; give lead, opportunity, contact or account.");
        }
    }

    private static Duration wait(String text) {
        if (text == null) {
            return null;
        }
        Duration wait;
        try {
            wait = Duration.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidException("'WaitTime' is '" + text + "'; give an ISO-8601 duration such as P2DT4H.");
        }
        if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
            throw new UnprocessableException("'WaitTime' must lie between nothing and 365 days.");
        }
        return wait.isZero() ? null : wait;
    }

    private static String source(String source) {
        if (source != null && (source.length() > LONGEST_SOURCE || source.indexOf('\0') >= 0)) {
            throw new UnprocessableException("'Source' is longer than " + LONGEST_SOURCE + " characters.");
        }
        return source;
    }

    /** The record is connected for the audience, which neither looks for it nor lets it go. */
    private AudienceId audience(String segment) {
        if (segment == null || segment.isBlank()) {
            return null;
        }
        return id(segment)
                .filter(audiences::exists)
                .orElseThrow(() -> new UnprocessableException(
                        "'SegmentId' names no audience; give the id of one, or leave it out."));
    }

    private static Optional<AudienceId> id(String text) {
        try {
            return Optional.of(AudienceId.of(text.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
