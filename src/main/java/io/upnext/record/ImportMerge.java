package io.upnext.record;

import io.upnext.record.ImportCells.Row;
import io.upnext.security.CurrentUser;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides row by row what becomes of it: a new record, a change of a known one or of one an earlier row made, nothing,
 * or a refusal. Writes nothing, so that a dry run counts exactly what the real run would.
 */
final class ImportMerge {

    private final ImportOrder order;
    private final CurrentUser user;
    private final RecordWriter writer;
    private final ImportLookUp.Found found;
    private final Map<String, Slot> slots = new HashMap<>();
    private final List<Slot> all = new ArrayList<>();
    private final Map<String, Long> counts =
            new LinkedHashMap<>(Map.of("created", 0L, "updated", 0L, "skipped", 0L, "rejected", 0L));

    ImportMerge(ImportOrder order, CurrentUser user, RecordWriter writer, ImportLookUp.Found found) {
        this.order = order;
        this.user = user;
        this.writer = writer;
        this.found = found;
    }

    /** One record that rows of this chunk speak of; before is null where it is new. */
    private static final class Slot {
        private final String key;
        private final CrmRecord before;
        private CrmRecord after;

        Slot(String key, CrmRecord before, CrmRecord after) {
            this.key = key;
            this.before = before;
            this.after = after;
        }
    }

    /** @return why the row is refused, or empty where it was taken */
    Optional<Problem> take(Row row) {
        List<Problem> problems = new ArrayList<>(row.problems());
        Map<String, Object> values = withReferences(row, problems);
        Slot slot = problems.isEmpty() ? slot(row, problems) : null;
        if (problems.isEmpty()) {
            String outcome = slot == null ? create(row, values, problems) : change(slot, row, values, problems);
            if (problems.isEmpty()) {
                counts.merge(outcome, 1L, Long::sum);
                return Optional.empty();
            }
        }
        counts.merge("rejected", 1L, Long::sum);
        return Optional.of(together(problems));
    }

    void count(Map<String, Long> totals) {
        counts.forEach((name, count) -> totals.merge(name, count, Long::sum));
    }

    List<RecordChange> changes() {
        return all.stream()
                .map(slot -> new RecordChange(slot.before, slot.after))
                .toList();
    }

    Map<String, ImportDraft> drafts() {
        Map<String, ImportDraft> drafts = new LinkedHashMap<>();
        slots.forEach((key, slot) -> drafts.put(key, ImportDraft.of(slot.after)));
        return drafts;
    }

    private Slot slot(Row row, List<Problem> problems) {
        String key = row.key();
        if (key == null) {
            return null;
        }
        Slot slot = slots.get(key);
        if (slot != null) {
            return slot;
        }
        List<CrmRecord> known = found.known().getOrDefault(key, List.of());
        if (known.size() > 1) {
            problems.add(Problem.error(
                    "ambiguous-key",
                    known.size() + " records have this '" + order.key() + "'; the row would change an arbitrary one."));
            return null;
        }
        ImportDraft draft = found.drafts().get(key);
        CrmRecord before = draft != null ? draft.asRecord(order.type()) : known.isEmpty() ? null : known.get(0);
        return before == null ? null : add(new Slot(key, before, before));
    }

    private Slot add(Slot slot) {
        all.add(slot);
        if (slot.key != null) {
            slots.put(slot.key, slot);
        }
        return slot;
    }

    private String create(Row row, Map<String, Object> values, List<Problem> problems) {
        Map<String, Object> stamped = new HashMap<>(values);
        stamped.putIfAbsent("importName", order.importName());
        Principal owner = row.owner() != null ? row.owner() : Principal.user(user.id());
        CrmRecord record = writer.draft(order.type(), stamped, owner, row.state());
        RecordChecks.nameless(record).ifPresent(problems::add);
        if (problems.isEmpty()) {
            add(new Slot(row.key(), null, record));
        }
        return "created";
    }

    private String change(Slot slot, Row row, Map<String, Object> values, List<Problem> problems) {
        // It matched already; how it is capitalised makes no difference
        values.remove(order.key());
        CrmRecord after = writer.changed(slot.after, values, row.owner(), row.state());
        if (new RecordChange(slot.after, after).isNothing()) {
            return "skipped";
        }
        Map<String, Object> stamped = new HashMap<>(values);
        stamped.putIfAbsent("importName", order.importName());
        after = writer.changed(slot.after, stamped, row.owner(), row.state());
        RecordChecks.nameless(after).ifPresent(problems::add);
        if (problems.isEmpty()) {
            slot.after = after;
        }
        return "updated";
    }

    private Map<String, Object> withReferences(Row row, List<Problem> problems) {
        Map<String, Object> values = new HashMap<>(row.values());
        row.references().forEach((field, text) -> {
            var meant = found.references().get(field).getOrDefault(ImportLookUp.fold(text), List.of());
            if (meant.size() == 1) {
                values.put(field, meant.get(0).toString());
            } else if (!meant.isEmpty()) {
                problems.add(Problem.error(
                        "unknown-record",
                        "There are " + meant.size() + " " + field + "s '" + Texts.shorten(text) + "'; give the id."));
            } else if (!row.optional().contains(field)) {
                problems.add(Problem.error(
                        "unknown-record", "There is no " + field + " '" + Texts.shorten(text) + "'; import it first."));
            }
        });
        return values;
    }

    private static Problem together(List<Problem> problems) {
        String message = String.join(
                " ", problems.stream().map(Problem::message).distinct().toList());
        return Problem.error(problems.get(0).rule(), message);
    }
}
