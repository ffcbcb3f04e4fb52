package io.upnext.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.operation.Operations.Numbered;
import io.upnext.operation.Operations.Progress;
import io.upnext.operation.Operations.Result;
import io.upnext.operation.Operations.State;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Problem;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code operation} and {@code operation_item}. */
@Repository
class OperationRows {

    private static final String ITEM_COLUMNS = "n, item, ok, enrollment, problem, source";

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    OperationRows(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    void insert(OperationId id, String kind, UserId by, Object argument, List<String> items) {
        boolean empty = items.isEmpty();
        jdbc.sql("""
                        insert into operation (id, kind, by_user, argument, state, total, created_at, finished_at)
                        values (:id, :kind, :by, cast(:argument as jsonb), :state, :total, :now, :finished)
                        """)
                .param("id", id.value())
                .param("kind", kind)
                .param("by", by.value())
                .param("argument", write(argument == null ? Map.of() : argument))
                .param("state", (empty ? State.DONE : State.RUNNING).name())
                .param("total", items.size())
                .param("now", now())
                .param("finished", empty ? now() : null, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        jdbc.sql("""
                        insert into operation_item (operation_id, n, item)
                        select ?, i.n, i.item from unnest(?::text[]) with ordinality as i (item, n)
                        """).param(id.value()).param(items.toArray(String[]::new)).update();
    }

    Optional<Row> find(OperationId id) {
        return jdbc.sql("select * from operation where id = ?")
                .param(id.value())
                .query(this::row)
                .optional();
    }

    List<Row> running() {
        return jdbc.sql("select * from operation where state = 'RUNNING' order by created_at limit 100")
                .query(this::row)
                .list();
    }

    boolean anyRunning() {
        return jdbc.sql("select exists (select 1 from operation where state = 'RUNNING')")
                .query(Boolean.class)
                .single();
    }

    /** Takes the operation for this transaction; false where another one has it or it is over. */
    boolean lock(OperationId id) {
        return jdbc.sql("select 1 from operation where id = ? and state = 'RUNNING' for update skip locked")
                .param(id.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Takes the next open items for this transaction, passing over those that others have taken. */
    List<Item> take(OperationId id, int limit) {
        return jdbc.sql("""
                        select n, item from operation_item where operation_id = ? and not done
                        order by n limit ? for update skip locked
                        """)
                .param(id.value())
                .param(limit)
                .query((rs, i) -> new Item(rs.getInt("n"), rs.getString("item")))
                .list();
    }

    void finishItems(OperationId id, List<Item> items, List<Result> results) {
        jdbc.sql("""
                        update operation_item o set done = true, ok = r.ok, enrollment = r.enrollment,
                               problem = cast(r.problem as jsonb), source = cast(r.source as json)
                        from unnest(?::int[], ?::boolean[], ?::text[], ?::text[], ?::text[])
                             as r (n, ok, enrollment, problem, source)
                        where o.operation_id = ? and o.n = r.n
                        """)
                .param(items.stream().map(Item::n).toArray(Integer[]::new))
                .param(results.stream().map(Result::ok).toArray(Boolean[]::new))
                .param(results.stream().map(Result::enrollment).toArray(String[]::new))
                .param(results.stream().map(r -> write(r.problem())).toArray(String[]::new))
                .param(results.stream().map(r -> r.ok() ? null : write(r.row())).toArray(String[]::new))
                .param(id.value())
                .update();
    }

    /**
     * Adds to the counts and finishes the operation with its last item. Comes last in the transaction, since it holds
     * the row that all chunks of the operation share.
     *
     * @return whether it is finished now
     */
    boolean advance(OperationId id, int succeeded, int rejected, Map<String, Long> counts) {
        return jdbc.sql("""
                        update operation set done = done + :done, succeeded = succeeded + :succeeded,
                               rejected = rejected + :rejected,
                               counts = counts || coalesce((
                                   select jsonb_object_agg(c.key, c.value::bigint + coalesce((counts ->> c.key)::bigint, 0))
                                   from jsonb_each_text(cast(:counts as jsonb)) c), '{}'),
                               state = case when done + :done >= total then 'DONE' else state end,
                               finished_at = case when done + :done >= total then :now else finished_at end
                        where id = :id returning state
                        """)
                .param("done", succeeded + rejected)
                .param("succeeded", succeeded)
                .param("rejected", rejected)
                .param("counts", write(counts))
                .param("now", now())
                .param("id", id.value())
                .query(String.class)
                .single()
                .equals(State.DONE.name());
    }

    List<Result> results(OperationId id, PageQuery page) {
        return jdbc
                .sql("select " + ITEM_COLUMNS
                        + " from operation_item where operation_id = ? and done order by n limit ? offset ?")
                .param(id.value())
                .param(page.size())
                .param(page.offset())
                .query(this::numbered)
                .list()
                .stream()
                .map(Numbered::result)
                .toList();
    }

    List<Numbered> rejected(OperationId id, int after, int limit) {
        return jdbc.sql(
                        "select " + ITEM_COLUMNS
                                + " from operation_item where operation_id = ? and done and not ok and n > ? order by n limit ?")
                .param(id.value())
                .param(after)
                .param(limit)
                .query(this::numbered)
                .list();
    }

    private Row row(ResultSet rs, int n) throws SQLException {
        Progress progress = new Progress(
                new OperationId(rs.getObject("id", UUID.class)),
                rs.getString("kind"),
                State.valueOf(rs.getString("state")),
                rs.getInt("total"),
                rs.getInt("done"),
                rs.getInt("succeeded"),
                rs.getInt("rejected"),
                read(rs.getString("counts"), new TypeReference<>() {}));
        return new Row(
                progress,
                new UserId(rs.getObject("by_user", UUID.class)),
                read(rs.getString("argument"), new TypeReference<>() {}));
    }

    private Numbered numbered(ResultSet rs, int i) throws SQLException {
        Problem problem = read(rs.getString("problem"), new TypeReference<>() {});
        Map<String, String> source = read(rs.getString("source"), new TypeReference<>() {});
        return new Numbered(
                rs.getInt("n"),
                new Result(rs.getString("item"), rs.getBoolean("ok"), rs.getString("enrollment"), problem, source));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private String write(Object value) {
        try {
            return value == null ? null : json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot store " + value.getClass().getName() + " as JSON", e);
        }
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return text == null ? null : json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored JSON cannot be read", e);
        }
    }

    record Row(Progress progress, UserId by, JsonNode argument) {
        OperationId id() {
            return progress.id();
        }
    }

    record Item(int n, String item) {}
}
