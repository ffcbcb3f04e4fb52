package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.shared.RecordType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What an import is to do, checked; the argument of its operation.
 *
 * @param header the names of all columns of the file
 * @param columns the mapped ones
 * @param key the field that says whether a row is a record known already, or null where every row is a new one
 */
record ImportOrder(
        UUID id,
        RecordType type,
        List<String> header,
        List<Column> columns,
        String key,
        boolean dryRun,
        String importName) {

    /**
     * @param index in the row, from 0
     * @param field a field, {@code state} or {@code owner}
     * @param values what stands for what in the cells; others are taken as they are
     * @param create make the field and its options where they are missing
     * @param kind of a field that is to be made
     * @param optional leave a reference empty that names nothing known
     * @param dayFirst does 3/1/2025 mean the third of January?
     */
    record Column(
            int index,
            String header,
            String field,
            Map<String, String> values,
            boolean create,
            Kind kind,
            boolean optional,
            boolean dayFirst) {

        boolean isState() {
            return field.equals("state");
        }

        boolean isOwner() {
            return field.equals("owner");
        }

        Column withDayFirst() {
            return new Column(index, header, field, values, create, kind, optional, true);
        }

        /** The field as it will be where it does not exist yet. */
        Field newField() {
            List<Field.Option> options = kind == Kind.OPTION_SET ? List.of() : null;
            String label = header.length() <= 100 ? header : header.substring(0, 100);
            return new Field(field, label, kind, options, true);
        }
    }

    Optional<Column> keyColumn() {
        return columns.stream().filter(column -> column.field().equals(key)).findFirst();
    }
}
