package io.upnext.enrollment.audience;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.enrollment.RecordRef;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Problem;
import java.time.Instant;

/**
 * A record that an audience holds, and what came of it.
 *
 * @param enrollment the one the audience made
 * @param problem why it was not connected
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AudienceMember(
        RecordRef record, State state, Instant enteredAt, EnrollmentId enrollment, Problem problem) {

    public enum State {
        /** To be connected. */
        WAITING,
        CONNECTED,
        REFUSED,
        /** An audience of higher priority holds the record. */
        YIELDED
    }
}
