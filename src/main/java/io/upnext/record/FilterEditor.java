package io.upnext.record;

import io.upnext.shared.RecordType;
import java.util.List;
import java.util.Map;

/**
 * A filter as a page edits it; {@code record/filter.html} shows it. Made by {@link FilterEditors}.
 *
 * @param name the name of the input with the JSON, which the names of all others begin with
 * @param lastMail may it ask about the last mail of an enrollment?
 * @param rows are conditions shown? Else there is the JSON only
 * @param json as it is; what is changed in it goes before the conditions
 * @param was the JSON as it was when the conditions were made of it
 * @param mistake what is wrong with the JSON, or null
 * @param count how many conditions there are, of {@code most}
 */
public record FilterEditor(
        String name,
        RecordType type,
        boolean lastMail,
        boolean rows,
        boolean any,
        List<Part> parts,
        List<FieldGroup> fields,
        String json,
        String was,
        String mistake,
        int count,
        int most) {

    /** The fields of the record, of its account and so on: labels by name. */
    public record FieldGroup(String label, Map<String, String> fields) {}

    /** One condition, or a group of them. */
    public record Part(String key, boolean group, boolean any, List<Row> rows) {}

    /**
     * @param place its key, with that of its group before it
     * @param shape which inputs its value has
     * @param choices labels by value
     * @param sequences of which a state or step can be asked
     * @param raw the JSON of a condition that no inputs show, else null
     */
    public record Row(
            String key,
            String place,
            int number,
            String field,
            String fieldLabel,
            String op,
            Map<String, String> operators,
            String shape,
            List<String> values,
            Map<String, String> choices,
            String of,
            Map<String, String> sequences,
            String raw,
            boolean fresh) {

        public String value(int index) {
            return index < values.size() ? values.get(index) : "";
        }
    }

    public boolean full() {
        return count >= most;
    }

    /** Is the field among those offered? */
    public boolean offers(String field) {
        return fields.stream().anyMatch(group -> group.fields().containsKey(field));
    }

    /** The row of that key, or null. */
    public Row row(String key) {
        return parts.stream()
                .flatMap(part -> part.rows().stream())
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElse(null);
    }
}
