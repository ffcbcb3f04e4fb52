package io.upnext.sequence;

import io.upnext.security.CurrentUser;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.SequenceId;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** One sequence for somebody: to look at it, or to change it while everybody else waits. */
@Component
class SequenceAccess {

    private final SequenceRows rows;
    private final SequenceRights rights;
    private final ObjectProvider<EnrollmentCounts> counts;

    SequenceAccess(SequenceRows rows, SequenceRights rights, ObjectProvider<EnrollmentCounts> counts) {
        this.rows = rows;
        this.rights = rights;
        this.counts = counts;
    }

    /** @throws NotFoundException where there is none, it is deleted, or the user may not see it */
    SequenceRow seen(CurrentUser user, SequenceId id) {
        return rows.find(id)
                .filter(row -> !row.deleted() && rights.sees(user, row))
                .orElseThrow(() -> SequenceRights.unknown(id));
    }

    /** For changes: who may not is refused before and after waiting for the others. */
    SequenceRow locked(CurrentUser user, SequenceId id) {
        rights.requireChange(user, seen(user, id));
        rows.lock(id);
        SequenceRow row = seen(user, id);
        rights.requireChange(user, row);
        return row;
    }

    SequenceView view(SequenceId id) {
        return view(rows.find(id).orElseThrow(() -> SequenceRights.unknown(id)));
    }

    /** With its draft, or else what its newest version froze. */
    SequenceView view(SequenceRow row) {
        return row.view(running(List.of(row.id())).getOrDefault(row.id(), 0L));
    }

    /** How many enrollments run on each of them; those without any are left out. */
    Map<SequenceId, Long> running(List<SequenceId> ids) {
        EnrollmentCounts port = counts.getIfAvailable();
        return port == null || ids.isEmpty() ? Map.of() : port.active(ids);
    }
}
