package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.operation.Workers;
import io.upnext.shared.EnrollmentId;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** Decides the end of many enrollments at once; it is carried out right after the caller's transaction. */
@Component
public class RequestedExits {

    private final ExitRequests requests;
    private final Workers workers;

    RequestedExits(ExitRequests requests, Workers workers) {
        this.requests = requests;
        this.workers = workers;
    }

    /** What has ended already, or whose end is decided, stays as it is. */
    public void request(Collection<EnrollmentId> ids, Reason reason) {
        if (!ids.isEmpty()) {
            requests.requestExits(ids, reason);
            workers.wake(ExitWorker.NAME);
        }
    }
}
