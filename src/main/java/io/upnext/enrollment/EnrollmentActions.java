package io.upnext.enrollment;

import io.upnext.operation.Operations;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Sequences;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.OperationId;
import io.upnext.shared.SequenceId;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is done to many enrollments at once, in the background. */
@Component
public class EnrollmentActions {

    private final EnrollmentLookups lookups;
    private final Sequences sequences;
    private final Operations operations;

    EnrollmentActions(EnrollmentLookups lookups, Sequences sequences, Operations operations) {
        this.lookups = lookups;
        this.sequences = sequences;
        this.operations = operations;
    }

    /** What the user may not steer is a refused item of the operation. */
    public OperationId submit(CurrentUser user, EnrollmentAction action, List<String> ids) {
        return operations.submit(EnrollmentActionOperation.KIND, user, action, ids);
    }

    /** For everything that runs in a sequence, or what of it is in a state (null for all). */
    public OperationId submitForAll(
            CurrentUser user, EnrollmentAction action, SequenceId sequence, Enrollment.State state) {
        sequences.get(user, sequence);
        List<String> ids = lookups.running(sequence, state).stream()
                .map(EnrollmentId::toString)
                .toList();
        return submit(user, action, ids);
    }
}
