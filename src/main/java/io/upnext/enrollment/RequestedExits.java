package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.operation.Workers;
import io.upnext.shared.EnrollmentId;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** Decides the end of many enrollments at once; it is carried out right after the caller's transaction. */
@Component
public class RequestedExits {

    private final EnrollmentRows enrollments;
    private final Workers workers;

    RequestedExits(EnrollmentRows enrollments, Workers workers) {
        this.enrollments = enrollments;
        this.workers = workers;
    }

    /** What has ended already, or whose end is decided, stays as it is. */
    public void request(Collection<EnrollmentId> ids, Reason reason) {
        if (!ids.isEmpty()) {
            enrollments.requestExits(ids, reason);
            workers.wake(ExitWorker.NAME);
        }
    }
}
