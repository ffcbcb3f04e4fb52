package io.upnext.record;

import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.util.List;
import java.util.Set;

/**
 * Records were changed or deleted. Published inside the transaction of the change, one event for a whole batch of an
 * import; listeners do set-based work only.
 */
public record RecordsChanged(List<Change> changes) {

    /**
     * @param fields names of the changed fields
     * @param stateAfter null where the record was deleted
     * @param closed the record went into a closed state (lead Qualified or Disqualified, opportunity Won or Lost,
     *     contact or account Inactive) or was deleted
     * @param newOwner null where the owner did not change
     */
    public record Change(
            RecordId id,
            RecordType type,
            Set<String> fields,
            String stateBefore,
            String stateAfter,
            boolean closed,
            Principal newOwner) {}
}
