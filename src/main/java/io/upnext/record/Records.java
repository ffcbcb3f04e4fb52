package io.upnext.record;

import io.upnext.security.CurrentUser;
import io.upnext.shared.Actor;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The records. Every change is checked against the field catalogue, put on the timeline and announced as {@link RecordsChanged}. */
@Component
public class Records {

    public Optional<CrmRecord> find(RecordId id) {
        throw new UnsupportedOperationException("stub");
    }

    public Map<RecordId, CrmRecord> findAll(Collection<RecordId> ids) {
        throw new UnsupportedOperationException("stub");
    }

    public Optional<RecordGraph> graph(RecordId id) {
        throw new UnsupportedOperationException("stub");
    }

    /** The graphs of many records, in at most four statements. */
    public Map<RecordId, RecordGraph> graphs(Collection<RecordId> ids) {
        throw new UnsupportedOperationException("stub");
    }

    /** Does the filter hold for the record now? {@code sequence…} leaves are resolved through {@link SequenceMembership}. */
    public boolean matches(Filter filter, RecordGraph graph) {
        throw new UnsupportedOperationException("stub");
    }

    public boolean visible(CurrentUser user, CrmRecord record) {
        throw new UnsupportedOperationException("stub");
    }

    /** @throws io.upnext.shared.NotFoundException where there is none or the user may not see it */
    public CrmRecord get(CurrentUser user, RecordType type, RecordId id) {
        throw new UnsupportedOperationException("stub");
    }

    public CrmRecord create(RecordType type, Map<String, Object> fields, Principal owner, String state, Actor actor) {
        throw new UnsupportedOperationException("stub");
    }

    /**
     * Changes fields (a null value empties one), owner and state (null leaves them).
     *
     * @throws io.upnext.shared.InvalidException listing every value that does not fit its field
     */
    public CrmRecord update(RecordId id, Map<String, Object> changes, Principal owner, String state, Actor actor) {
        throw new UnsupportedOperationException("stub");
    }

    /** Sets {@code lastContactedMode} / {@code lastActivityType} without a timeline entry of their own; null leaves one. */
    public void touched(RecordId id, String lastContactedMode, String lastActivityType) {
        throw new UnsupportedOperationException("stub");
    }

    /** Records of persons with that mail address, without regard to case. */
    public List<RecordId> findByEmail(String address) {
        throw new UnsupportedOperationException("stub");
    }
}
