package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.shared.EnrollmentId;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** The enrollments that come to the end of their sequence in one transaction; where many do, in one statement. */
@Component
class Completed {

    private final Together<EnrollmentId> completed;

    Completed(EnrollmentRows enrollments, Clock clock) {
        completed = new Together<>(all -> enrollments.end(all, Reason.COMPLETED, clock.instant()));
    }

    void add(EnrollmentId enrollment) {
        completed.add(enrollment, enrollment);
    }

    /**
     * Those that complete in the work are written at its end. Only for work that connects nobody: whether a record may be
     * connected depends on what it has completed.
     */
    void together(Runnable work) {
        completed.during(work);
    }

    void writeOf(EnrollmentId enrollment) {
        completed.writeOf(enrollment);
    }
}
