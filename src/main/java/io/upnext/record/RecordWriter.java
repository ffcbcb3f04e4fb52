package io.upnext.record;

import io.upnext.security.Users;
import io.upnext.shared.Actor;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes any number of changes in one go: the rows, the timeline, one event. Works inside the caller's transaction. */
@Component
class RecordWriter {

    private static final int MAX_DETAIL = 500;

    private final RecordRows rows;
    private final Timeline timeline;
    private final Users users;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RecordWriter(RecordRows rows, Timeline timeline, Users users, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.timeline = timeline;
        this.users = users;
        this.events = events;
        this.clock = clock;
    }

    /** Existing records must have been locked by the transaction; changes that change nothing are left out. */
    void write(List<RecordChange> changes, Actor actor) {
        List<RecordChange> real =
                changes.stream().filter(change -> !change.isNothing()).toList();
        if (real.isEmpty()) {
            return;
        }
        rows.insert(RecordChange.after(real, true));
        rows.update(RecordChange.after(real, false));
        Instant now = clock.instant();
        timeline.add(real.stream()
                .flatMap(change -> entries(change, actor, now).stream())
                .toList());
        events.publishEvent(
                new RecordsChanged(real.stream().map(RecordChange::asEvent).toList()));
    }

    /** The event goes first, so that listeners still find the record. */
    void delete(CrmRecord record) {
        events.publishEvent(new RecordsChanged(List.of(
                new RecordsChanged.Change(record.id(), record.type(), Set.of(), record.state(), null, true, null))));
        rows.delete(record.id(), clock.instant());
    }

    /** No change of its own on the timeline: what was in contact stands there already. */
    void touched(Collection<RecordId> records) {
        events.publishEvent(new RecordsTouched(List.copyOf(records)));
    }

    private List<Timeline.Entry> entries(RecordChange change, Actor actor, Instant now) {
        RecordId id = change.after().id();
        if (change.isNew()) {
            String importName = change.after().text("importName");
            Map<String, String> details = importName == null ? Map.of() : Map.of("importName", importName);
            return List.of(new Timeline.Entry(id, now, "record.created", actor, details));
        }
        List<Timeline.Entry> entries = new ArrayList<>();
        if (!change.changedFields().isEmpty()) {
            entries.add(new Timeline.Entry(id, now, "field.updated", actor, fieldDetails(change)));
        }
        if (change.stateChanged()) {
            Map<String, String> details =
                    Map.of("from", change.before().state(), "to", change.after().state());
            entries.add(new Timeline.Entry(id, now, "state.changed", actor, details));
        }
        if (change.ownerChanged()) {
            Map<String, String> details = Map.of(
                    "from",
                    users.nameOf(change.before().owner()),
                    "to",
                    users.nameOf(change.after().owner()));
            entries.add(new Timeline.Entry(id, now, "owner.changed", actor, details));
        }
        return entries;
    }

    private static Map<String, String> fieldDetails(RecordChange change) {
        String values = change.changedFields().stream()
                .map(name -> name + ": " + shown(change.before(), name) + " → " + shown(change.after(), name))
                .collect(Collectors.joining("; "));
        Map<String, String> details = new LinkedHashMap<>();
        details.put("fields", String.join(", ", change.changedFields()));
        details.put("changes", values.length() <= MAX_DETAIL ? values : values.substring(0, MAX_DETAIL) + "…");
        return details;
    }

    private static String shown(CrmRecord record, String field) {
        String text = record.text(field);
        return text == null ? "–" : Texts.shorten(text);
    }

    /** A new record with its derived columns, not yet written. */
    CrmRecord draft(RecordType type, Map<String, Object> fields, Principal owner, String state) {
        Instant now = now();
        Map<String, Object> all = new HashMap<>(fields);
        if (StandardFields.has(type, "lastContactedMode")) {
            all.putIfAbsent("lastContactedMode", "NOT_YET_CONTACTED");
        }
        return new CrmRecord(
                RecordId.next(),
                type,
                state == null ? RecordStates.first(type) : state,
                owner,
                users.unitOf(owner).orElse(null),
                RecordNames.of(type, all),
                Map.copyOf(all),
                now,
                now,
                0);
    }

    /** The record with other values (null empties a field), owner and state (null leaves them), not yet written. */
    CrmRecord changed(CrmRecord before, Map<String, Object> values, Principal owner, String state) {
        Map<String, Object> fields = new HashMap<>(before.fields());
        values.forEach((name, value) -> {
            if (value == null) {
                fields.remove(name);
            } else {
                fields.put(name, value);
            }
        });
        boolean moved = owner != null && !owner.equals(before.owner());
        return new CrmRecord(
                before.id(),
                before.type(),
                state == null ? before.state() : state,
                moved ? owner : before.owner(),
                moved ? users.unitOf(owner).orElse(null) : before.unit(),
                RecordNames.of(before.type(), fields),
                Map.copyOf(fields),
                before.createdAt(),
                now(),
                before.version() + 1);
    }

    /** What the database keeps of an instant. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
