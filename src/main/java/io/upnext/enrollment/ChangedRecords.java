package io.upnext.enrollment;

import io.upnext.shared.RecordId;
import java.util.Set;

/** Who else wants to look at records right after they changed: audiences that connect on change. */
public interface ChangedRecords {

    /** Is anybody interested at the moment? Else changes of records outside of sequences are not noted at all. Answered from memory. */
    boolean interested();

    /** Does anybody ask for the sequences of records? Their enrollments and steps are changes, too, then. */
    boolean interestedInSequences();

    /** Does anybody ask for the last contact? */
    boolean interestedInActivity();

    /** In the transaction of {@link #look}, before it touches any enrollment: the locks that look will need come first. */
    void prepare();

    /** In the transaction that has taken the changes from the queue. Deleted records are among them. */
    void look(Set<RecordId> changed);
}
