package io.upnext.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A record before and after a change; before is null for a new one. */
record RecordChange(CrmRecord before, CrmRecord after) {

    boolean isNew() {
        return before == null;
    }

    boolean isNothing() {
        return !isNew() && changedFields().isEmpty() && !stateChanged() && !ownerChanged();
    }

    Set<String> changedFields() {
        Set<String> changed = new TreeSet<>(after.fields().keySet());
        if (isNew()) {
            return changed;
        }
        changed.addAll(before.fields().keySet());
        changed.removeIf(
                name -> Objects.equals(before.fields().get(name), after.fields().get(name)));
        return changed;
    }

    boolean stateChanged() {
        return !isNew() && !before.state().equals(after.state());
    }

    boolean ownerChanged() {
        return !isNew() && !before.owner().equals(after.owner());
    }

    RecordsChanged.Change asEvent() {
        boolean closed =
                stateChanged() && RecordStates.isClosed(after.state()) && !RecordStates.isClosed(before.state());
        return new RecordsChanged.Change(
                after.id(),
                after.type(),
                changedFields(),
                isNew() ? null : before.state(),
                after.state(),
                closed,
                isNew() || ownerChanged() ? after.owner() : null);
    }

    static List<CrmRecord> after(List<RecordChange> changes, boolean isNew) {
        List<CrmRecord> records = new ArrayList<>();
        changes.stream().filter(change -> change.isNew() == isNew).forEach(change -> records.add(change.after()));
        return records;
    }
}
