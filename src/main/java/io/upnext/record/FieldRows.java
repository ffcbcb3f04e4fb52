package io.upnext.record;

import com.fasterxml.jackson.core.type.TypeReference;
import io.upnext.record.Field.Kind;
import io.upnext.record.Field.Option;
import io.upnext.shared.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of custom fields and of added options. */
@Repository
class FieldRows {

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    FieldRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Standard fields with their added options, then custom ones in the order they were made. */
    List<Field> load(RecordType type) {
        Map<String, List<Option>> options = options(type);
        List<Field> fields = new ArrayList<>();
        for (Field field : StandardFields.of(type)) {
            fields.add(withOptions(field, options.getOrDefault(field.name(), List.of())));
        }
        jdbc.sql("select name, label, kind, labels::text from record_field where type = ? order by position, name")
                .param(type.name())
                .query((row, i) -> fields.add(withOptions(
                        new Field(
                                row.getString(1),
                                row.getString(2),
                                Kind.valueOf(row.getString(3)),
                                "OPTION_SET".equals(row.getString(3)) ? List.of() : null,
                                true,
                                Json.read(row.getString(4), LABELS)),
                        options.getOrDefault(row.getString(1), List.of()))))
                .list();
        return List.copyOf(fields);
    }

    private Map<String, List<Option>> options(RecordType type) {
        Map<String, List<Option>> options = new HashMap<>();
        jdbc.sql("select field, code, label from record_field_option where type = ? order by position, code")
                .param(type.name())
                .query((row, i) -> options.computeIfAbsent(row.getString(1), f -> new ArrayList<>())
                        .add(new Option(row.getString(2), row.getString(3))))
                .list();
        return options;
    }

    private static Field withOptions(Field field, List<Option> added) {
        if (added.isEmpty()) {
            return field;
        }
        List<Option> all = new ArrayList<>(field.options());
        all.addAll(added);
        return new Field(field.name(), field.label(), field.kind(), all, field.custom(), field.labels());
    }

    /** @return false where there is one of that name already */
    boolean add(RecordType type, Field field) {
        return jdbc.sql("""
                                insert into record_field (type, name, label, kind, labels, position)
                                select ?, ?, ?, ?, ?::jsonb, count(*) from record_field where type = ?
                                on conflict do nothing""")
                        .params(
                                type.name(),
                                field.name(),
                                field.label(),
                                field.kind().name(),
                                Json.write(field.labels()),
                                type.name())
                        .update()
                == 1;
    }

    /** Adds options; those whose code is there already stay as they are. */
    void addOptions(RecordType type, String field, List<Option> options) {
        Columns columns = new Columns(2);
        options.forEach(option -> columns.add(option.code(), option.label()));
        jdbc.sql("""
                        insert into record_field_option (type, field, code, label, position)
                        select ?, ?, o.code, o.label,
                            o.n + (select count(*) from record_field_option x where x.type = ? and x.field = ?)
                        from unnest(?::text[], ?::text[]) with ordinality as o (code, label, n)
                        on conflict do nothing""")
                .params(columns.after(type.name(), field, type.name(), field))
                .update();
    }
}
