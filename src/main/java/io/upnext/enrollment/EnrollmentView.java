package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.shared.AudienceId;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import java.time.Instant;
import java.util.List;

/**
 * An enrollment as the API shows it.
 *
 * @param version the number of the version it runs on
 * @param currentSteps ids of the steps it is at; empty once it has ended
 * @param waitsFor what it waits for where nobody is to act: the end of a step, the next day or run
 * @param previousEnrollment the one it was advanced from; the chain goes back to the first
 * @param nextEnrollment the one it was advanced to
 * @param startAt while CONNECTING: when it will start
 * @param source where it came from, as whoever connected it said
 * @param audience the audience that connected it, or for which it was connected
 */
public record EnrollmentView(
        EnrollmentId id,
        SequenceId sequence,
        int version,
        RecordRef record,
        State state,
        Reason reason,
        List<String> currentSteps,
        List<Awaited> waitsFor,
        Instant connectedAt,
        Instant startAt,
        Instant endedAt,
        String processInstanceId,
        EnrollmentId previousEnrollment,
        EnrollmentId nextEnrollment,
        String source,
        AudienceId audience) {}
