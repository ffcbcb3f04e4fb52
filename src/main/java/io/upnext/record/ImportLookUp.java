package io.upnext.record;

import io.upnext.record.ImportCells.Row;
import io.upnext.security.CurrentUser;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.FilterEvaluation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds in a few statements what the rows of a chunk speak of: known records by key, accounts and contacts by name. */
@Component
class ImportLookUp {

    private final JdbcClient jdbc;
    private final ImportRows rows;
    private final Records records;
    private final Fields fields;

    ImportLookUp(JdbcClient jdbc, ImportRows rows, Records records, Fields fields) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.records = records;
        this.fields = fields;
    }

    /**
     * @param known records by folded key, only those the importer may see
     * @param drafts what earlier chunks of a dry run imagined, by folded key
     * @param references by field, then by folded id or name, the records meant
     */
    record Found(
            Map<String, List<CrmRecord>> known,
            Map<String, ImportDraft> drafts,
            Map<String, Map<String, List<RecordId>>> references) {}

    /** How keys, ids and names are compared. */
    static String fold(Object value) {
        return value instanceof BigDecimal number
                ? FieldValues.plain(number).toPlainString()
                : FilterEvaluation.fold(value.toString().strip());
    }

    Found find(ImportOrder order, CurrentUser user, List<Row> chunk) {
        Map<String, Map<String, List<RecordId>>> references = new HashMap<>();
        for (RecordType type : List.of(RecordType.ACCOUNT, RecordType.CONTACT)) {
            String field = type.name().toLowerCase(Locale.ROOT);
            Set<String> names = chunk.stream()
                    .map(row -> row.references().get(field))
                    .filter(Objects::nonNull)
                    .map(ImportLookUp::fold)
                    .collect(Collectors.toSet());
            references.put(field, names.isEmpty() ? Map.of() : named(type, user, names));
        }
        Set<String> keys = new LinkedHashSet<>();
        chunk.stream().map(Row::key).filter(Objects::nonNull).forEach(keys::add);
        if (keys.isEmpty()) {
            return new Found(Map.of(), Map.of(), references);
        }
        Map<String, ImportDraft> drafts = order.dryRun() ? rows.drafts(order.id(), keys) : Map.of();
        return new Found(known(order, user, keys), drafts, references);
    }

    private Map<String, List<CrmRecord>> known(ImportOrder order, CurrentUser user, Set<String> keys) {
        Sql column = column(order);
        Sql sql = Sql.of("select " + RecordRows.COLUMNS + ", ")
                .then(column)
                .then(
                        "::text from crm_record r where r.type = ? and ",
                        order.type().name())
                .then(column)
                // A join, since comparing each record with each key in turn takes minutes on large tables
                .then(" in (select unnest(?::text[]))", (Object) RecordRows.texts(keys))
                .then(order.dryRun() ? "" : " order by r.id for update");
        Map<String, List<CrmRecord>> known = new HashMap<>();
        jdbc.sql(sql.text())
                .params(sql.parameters())
                .query((row, number) -> {
                    CrmRecord record = RecordRows.read(row, number);
                    if (records.visible(user, record)) {
                        known.computeIfAbsent(key(order, record), key -> new ArrayList<>())
                                .add(record);
                    }
                    return record;
                })
                .list();
        return known;
    }

    /** The address has an index; other fields are looked for in every record of the type. */
    private Sql column(ImportOrder order) {
        if (order.key().equals("email")) {
            return Sql.of("r.email");
        }
        Field field = fields.fresh(order.type())
                .find(order.key())
                .orElseGet(() -> order.keyColumn().orElseThrow().newField());
        Sql column = RecordColumns.comparable(new FieldPath(null, order.type(), order.key()), field);
        return switch (field.kind()) {
            case NUMBER -> Sql.of("trim_scale(").then(column).then(")::text");
            case TWO_OPTION -> Sql.of("(").then(column).then(")::text");
            default -> column;
        };
    }

    private static String key(ImportOrder order, CrmRecord record) {
        return fold(order.key().equals("name") ? record.name() : record.fields().get(order.key()));
    }

    private Map<String, List<RecordId>> named(RecordType type, CurrentUser user, Set<String> names) {
        Map<String, List<RecordId>> found = new LinkedHashMap<>();
        String sql = "select " + RecordRows.COLUMNS + " from crm_record r where r.type = ? and ("
                + "lower(r.name collate \"und-x-icu\") = any(?::text[]) or r.email = any(?::text[])"
                + " or r.id = any(?::uuid[]))";
        String[] texts = RecordRows.texts(names);
        jdbc.sql(sql).params(List.of(type.name(), texts, texts, ids(names))).query(RecordRows::read).list().stream()
                .filter(record -> records.visible(user, record))
                .forEach(record -> List.of(
                                record.id().toString(),
                                fold(record.name()),
                                Objects.toString(RecordNames.email(record.fields()), ""))
                        .stream()
                        .distinct()
                        .filter(names::contains)
                        .forEach(name -> found.computeIfAbsent(name, n -> new ArrayList<>())
                                .add(record.id())));
        return found;
    }

    private static String[] ids(Set<String> names) {
        return names.stream().filter(ImportLookUp::isId).toArray(String[]::new);
    }

    private static boolean isId(String text) {
        try {
            return RecordId.of(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
