package io.upnext.record;

import io.upnext.record.Field.Kind;

/** Where a field stands in the row of a record, folded so that it compares as filters and sorting want it. */
final class RecordColumns {

    /** Folds letters of every script, whatever the locale of the database. */
    private static final String FOLD = "lower(%s collate \"und-x-icu\")";

    private RecordColumns() {}

    /** An expression that is null where the field is empty. */
    static Sql comparable(FieldPath path, Field field) {
        String table = path.via() == null ? "r" : path.via().substring(0, 1);
        return switch (field.name()) {
            case "state" -> Sql.of("lower(" + table + ".state)");
            case "name" -> Sql.of(FOLD.formatted(table + ".name"));
            case "owner" ->
                Sql.of("(case when %1$s.owner_kind = 'TEAM' then 'team:' else '' end || %1$s.owner_id)"
                        .formatted(table));
            case "createdAt" -> Sql.of(table + ".created_at");
            case "updatedAt" -> Sql.of(table + ".updated_at");
            default -> ofField(table, field);
        };
    }

    private static Sql ofField(String table, Field field) {
        Sql text = Sql.of("(" + table + ".fields ->> ?::text)", field.name());
        return switch (field.kind()) {
            case NUMBER -> text.then("::numeric");
            case TWO_OPTION -> text.then("::boolean");
            case DATE -> text.then(" collate \"C\"");
            case TEXT, OPTION_SET -> new Sql(FOLD.formatted(text.text()), text.parameters());
        };
    }

    static boolean isText(Kind kind) {
        return kind == Kind.TEXT || kind == Kind.OPTION_SET;
    }
}
