package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.record.Field.Option;
import io.upnext.record.FieldValues.Read;
import io.upnext.record.ImportOrder.Column;
import io.upnext.security.Users;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.filter.FilterEvaluation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the cells of a file as values of fields; makes options as it meets them where the mapping says so. */
final class ImportCells {

    private static final int MAX_KEY = 300;

    private final ImportOrder order;
    private final Users users;
    private final Map<String, Field> fields = new HashMap<>();
    private final Map<String, List<Option>> newOptions = new LinkedHashMap<>();

    ImportCells(ImportOrder order, FieldCatalogue catalogue, Users users) {
        this.order = order;
        this.users = users;
        for (Column column : order.columns()) {
            if (!column.isState() && !column.isOwner()) {
                fields.put(column.field(), catalogue.find(column.field()).orElseGet(column::newField));
            }
        }
    }

    /**
     * A row as read.
     *
     * @param values by field; only cells that hold something
     * @param references what stands in the cells of accounts and contacts, by field: ids or names
     * @param optional of those, the fields that may stay empty
     * @param key folded for comparison, or null where the cell of the key is empty
     */
    record Row(
            List<String> cells,
            Map<String, Object> values,
            Map<String, String> references,
            Set<String> optional,
            Principal owner,
            String state,
            String key,
            List<Problem> problems) {}

    /** By field, the options that no one had before. */
    Map<String, List<Option>> newOptions() {
        return newOptions;
    }

    Row read(List<String> cells) {
        Reading reading = new Reading();
        if (cells.size() != order.header().size()) {
            reading.problems.add(Problem.error(
                    "row-cells",
                    "The row has " + cells.size() + " cells, the header "
                            + order.header().size() + "."));
            return reading.row(cells);
        }
        for (Column column : order.columns()) {
            String cell = meant(column, cells.get(column.index()).strip());
            if (!cell.isEmpty()) {
                reading.take(column, cell);
            }
        }
        return reading.row(cells);
    }

    /** What the mapping says the cell stands for. */
    private static String meant(Column column, String cell) {
        if (column.values().isEmpty()) {
            return cell;
        }
        String exact = column.values().get(cell);
        if (exact != null) {
            return exact.strip();
        }
        return column.values().entrySet().stream()
                .filter(entry -> entry.getKey().strip().equalsIgnoreCase(cell))
                .map(entry -> entry.getValue().strip())
                .findFirst()
                .orElse(cell);
    }

    private final class Reading {

        private final Map<String, Object> values = new LinkedHashMap<>();
        private final Map<String, String> references = new LinkedHashMap<>();
        private final Set<String> optional = new HashSet<>();
        private final List<Problem> problems = new ArrayList<>();
        private Principal owner;
        private String state;

        void take(Column column, String cell) {
            if (column.isState()) {
                state(cell);
            } else if (column.isOwner()) {
                owner(cell);
            } else if (fields.get(column.field()).isReference()) {
                references.put(column.field(), cell);
                if (column.optional()) {
                    optional.add(column.field());
                }
            } else {
                value(column, cell);
            }
        }

        private void state(String cell) {
            Optional<Option> known = SystemFields.state(order.type()).option(cell);
            known.ifPresent(option -> state = option.code());
            if (known.isEmpty()) {
                RecordChecks.state(order.type(), cell).ifPresent(problems::add);
            }
        }

        private void owner(String cell) {
            owner = users.resolve(cell).orElse(null);
            if (owner == null) {
                problems.add(Problem.error("owner", "There is no user or team '" + Texts.shorten(cell) + "'."));
            }
        }

        private void value(Column column, String cell) {
            Read read = FieldValues.text(field(column, cell), cell, column.dayFirst());
            if (read.isRefused()) {
                problems.add(read.problem());
            } else {
                values.put(column.field(), read.value());
            }
        }

        Row row(List<String> cells) {
            String key = order.key() == null ? null : key(order.key());
            if (key != null && key.length() > MAX_KEY) {
                problems.add(Problem.error("key-length", "The key is longer than " + MAX_KEY + " characters."));
            }
            return new Row(cells, values, references, optional, owner, state, key, problems);
        }

        private String key(String field) {
            Object value = values.containsKey(field) ? values.get(field) : references.get(field);
            return value == null ? null : ImportLookUp.fold(value);
        }
    }

    /** The field, with an option for the cell where it may get new ones. */
    private Field field(Column column, String cell) {
        Field field = fields.get(column.field());
        boolean missing = column.create()
                && field.kind() == Kind.OPTION_SET
                && field.option(cell).isEmpty();
        if (!missing || cell.length() > 100 || !Texts.isStorable(cell)) {
            return field;
        }
        // A dry run keeps no options, so its codes must not depend on those made before
        String code = order.dryRun() ? FilterEvaluation.fold(cell) : freeCode(field, Option.codeOf(cell));
        Option option = new Option(code, cell);
        List<Option> all = new ArrayList<>(field.options());
        all.add(option);
        Field more = new Field(field.name(), field.label(), field.kind(), all, field.custom(), field.labels());
        fields.put(column.field(), more);
        newOptions.computeIfAbsent(column.field(), name -> new ArrayList<>()).add(option);
        return more;
    }

    private static String freeCode(Field field, String code) {
        String free = code;
        for (int i = 2; isTaken(field, free); i++) {
            free = code + "_" + i;
        }
        return free.toUpperCase(Locale.ROOT);
    }

    private static boolean isTaken(Field field, String code) {
        return field.options().stream().anyMatch(option -> option.code().equalsIgnoreCase(code));
    }
}
