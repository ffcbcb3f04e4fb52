package io.upnext.sequence;

import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.UnitId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists sequences as somebody may see them: filtered, sorted and cut into pages by the database. */
@Repository
class SequenceSearch {

    private static final String FILTER = """
            where s.deleted_at is null
              and (:everything or s.owner = :me or (not :ownOnly and s.unit = any(:units)))
              and (cast(:state as text) is null or s.state = :state)
              and (cast(:type as text) is null or s.record_type = :type)
              and (cast(:text as text) is null or position(lower(:text) in lower(s.name)) > 0)
              and (cast(:tag as text) is null or exists (
                    select 1 from sequence_tag t where t.sequence_id = s.id
                    and (t.path = :tag or starts_with(t.path, :tag || '/'))))
            """;
    private static final Map<String, String> SORTABLE = Map.of(
            "name", "lower(s.name)",
            "state", "s.state",
            "recordType", "s.record_type",
            "mode", "s.mode",
            "createdAt", "s.created_at",
            "updatedAt", "s.updated_at");

    private final JdbcClient jdbc;

    SequenceSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Paged<SequenceRow> list(CurrentUser user, boolean ownOnly, SequenceQuery query, PageQuery page) {
        Map<String, Object> values = new HashMap<>();
        values.put("everything", user.visibleUnits() == null && !ownOnly);
        values.put("ownOnly", ownOnly);
        values.put("me", user.id().value());
        values.put("units", units(user));
        values.put("state", query.state() == null ? null : query.state().name());
        values.put(
                "type", query.recordType() == null ? null : query.recordType().name());
        values.put("tag", query.tag());
        values.put("text", query.text());
        long total = jdbc.sql("select count(*) " + SequenceRows.FROM + FILTER)
                .params(values)
                .query(Long.class)
                .single();
        values.put("limit", page.size());
        values.put("offset", page.offset());
        List<SequenceRow> rows = jdbc.sql(SequenceRows.COLUMNS + SequenceRows.FROM + FILTER + "order by " + order(page)
                        + " limit :limit offset :offset")
                .params(values)
                .query(SequenceRows::row)
                .list();
        return Paged.of(rows, page, total);
    }

    private static UUID[] units(CurrentUser user) {
        return user.visibleUnits() == null
                ? new UUID[0]
                : user.visibleUnits().stream().map(UnitId::value).toArray(UUID[]::new);
    }

    private static String order(PageQuery page) {
        List<String> terms = new ArrayList<>();
        for (PageQuery.Sort sort : page.sort()) {
            String column = SORTABLE.get(sort.property());
            if (column == null) {
                throw new InvalidException("Sequences cannot be sorted by '" + sort.property() + "'; choose from "
                        + String.join(", ", SORTABLE.keySet().stream().sorted().toList()) + ".");
            }
            terms.add(column + (sort.ascending() ? "" : " desc"));
        }
        if (terms.isEmpty()) {
            terms.add(SORTABLE.get("name"));
        }
        terms.add("s.id");
        return String.join(", ", terms);
    }
}
