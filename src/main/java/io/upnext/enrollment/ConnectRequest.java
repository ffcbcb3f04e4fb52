package io.upnext.enrollment;

import io.upnext.sequence.Span;
import io.upnext.shared.SequenceId;
import java.time.Instant;

/**
 * What a bulk connect was asked for; kept as the argument of its operation.
 *
 * @param startAt absent: at once; else the enrollment is Connecting until then
 * @param startAtStep absent: at the beginning
 * @param source free text kept with the enrollment, such as the name of a list
 */
record ConnectRequest(SequenceId sequence, Instant startAt, String startAtStep, String source) {

    static Instant startAt(Span wait, Instant now) {
        return wait == null
                ? null
                : now.plus(java.time.Duration.ofDays(wait.wholeDays()).plusHours(wait.wholeHours()));
    }
}
