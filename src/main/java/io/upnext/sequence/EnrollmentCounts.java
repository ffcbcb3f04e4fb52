package io.upnext.sequence;

import io.upnext.shared.SequenceId;
import java.util.Collection;
import java.util.Map;

/** Port: how many enrollments of each sequence are running (connecting, connected, paused or in error). */
public interface EnrollmentCounts {

    Map<SequenceId, Long> active(Collection<SequenceId> sequences);

    /** Of one sequence, by the number of the version; versions without any are left out. */
    Map<Integer, Long> byVersion(SequenceId sequence);
}
