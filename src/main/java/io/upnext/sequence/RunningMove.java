package io.upnext.sequence;

import io.upnext.security.CurrentUser;
import io.upnext.shared.OperationId;

/** Port: moves everything that runs in a sequence to the version that was just activated. */
public interface RunningMove {

    /** In the activation's transaction; the moving itself follows in the background. */
    OperationId moveAll(CurrentUser user, SequenceVersion to);
}
