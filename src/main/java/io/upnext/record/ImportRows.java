package io.upnext.record;

import com.fasterxml.jackson.core.type.TypeReference;
import io.upnext.shared.OperationId;
import io.upnext.shared.RecordType;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of running imports: the rows of the file, and what a dry run has imagined so far. */
@Repository
class ImportRows {

    private static final TypeReference<List<String>> CELLS = new TypeReference<>() {};
    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    ImportRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void begin(UUID id) {
        jdbc.sql("delete from record_import where created_at < ?")
                .param(before(KEPT))
                .update();
        jdbc.sql("insert into record_import (id, created_at) values (?, ?)")
                .params(id, before(Duration.ZERO))
                .update();
    }

    void belongsTo(UUID id, OperationId operation) {
        jdbc.sql("update record_import set operation_id = ? where id = ?")
                .params(operation.value(), id)
                .update();
    }

    void end(OperationId operation) {
        jdbc.sql("delete from record_import where operation_id = ?")
                .param(operation.value())
                .update();
    }

    void add(UUID id, Map<Integer, List<String>> rows) {
        Columns columns = new Columns(2);
        rows.forEach((number, cells) -> columns.add(number, Json.write(cells)));
        jdbc.sql("insert into import_row (import_id, number, cells)"
                        + " select ?, r.number, r.cells from unnest(?::int[], ?::json[]) as r (number, cells)")
                .params(columns.after(id))
                .update();
    }

    Map<Integer, List<String>> take(UUID id, Collection<String> numbers) {
        Map<Integer, List<String>> rows = new TreeMap<>();
        jdbc.sql("select number, cells::text from import_row where import_id = ? and number = any(?::int[])")
                .params(id, RecordRows.texts(numbers))
                .query((row, i) -> rows.put(row.getInt(1), Json.read(row.getString(2), CELLS)))
                .list();
        return rows;
    }

    Map<String, ImportDraft> drafts(UUID id, Collection<String> keys) {
        Map<String, ImportDraft> drafts = new HashMap<>();
        jdbc.sql("select key, record::text from import_draft where import_id = ? and key = any(?::text[])")
                .params(id, RecordRows.texts(keys))
                .query((row, i) -> drafts.put(row.getString(1), ImportDraft.read(row.getString(2))))
                .list();
        return drafts;
    }

    void keepDrafts(UUID id, Map<String, ImportDraft> drafts) {
        if (drafts.isEmpty()) {
            return;
        }
        Columns columns = new Columns(2);
        drafts.forEach((key, draft) -> columns.add(key, Json.write(draft)));
        jdbc.sql("insert into import_draft (import_id, key, record)"
                        + " select ?, d.key, d.record from unnest(?::text[], ?::jsonb[]) as d (key, record)"
                        + " on conflict (import_id, key) do update set record = excluded.record")
                .params(columns.after(id))
                .update();
    }

    /** Imports of a type wait for each other chunk by chunk, so that none makes twice what the other has just made. */
    void queueUp(RecordType type) {
        jdbc.sql("select 1 from (select pg_advisory_xact_lock(?)) waited")
                .param(0x7570_6e78_7400_0000L + type.ordinal())
                .query(Integer.class)
                .single();
    }

    private OffsetDateTime before(Duration ago) {
        return clock.instant().minus(ago).atOffset(ZoneOffset.UTC);
    }
}
