package io.upnext.record;

import com.fasterxml.jackson.core.type.TypeReference;
import io.upnext.operation.PerTransaction;
import io.upnext.shared.Actor;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordId;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What happened to a record, newest first: mails, replies, calls, tasks, field updates, connects and disconnects. */
@Component
public class Timeline {

    private static final TypeReference<TreeMap<String, String>> DETAILS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final PerTransaction<List<Entry>> added = new PerTransaction<>(ArrayList::new, this::insert);

    Timeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds entries in the transaction of what happened: all of a transaction are written in one statement just before it
     * commits. Entries of records that are gone by then are dropped.
     */
    @Transactional
    public void add(List<Entry> entries) {
        added.get().addAll(entries);
    }

    private void insert(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Columns columns = new Columns(7);
        entries.forEach(entry -> columns.add(
                RecordId.next(),
                entry.record(),
                entry.at(),
                entry.kind(),
                entry.actor().user(),
                entry.actor().name(),
                Json.write(entry.details())));
        jdbc.sql("""
                        insert into timeline_entry (id, record_id, at, kind, actor_id, actor_name, details)
                        select e.* from unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::text[], ?::uuid[], ?::text[],
                            ?::jsonb[]) as e (id, record_id, at, kind, actor_id, actor_name, details)
                        where exists (select from crm_record r where r.id = e.record_id)""").params(columns.arrays()).update();
    }

    @Transactional
    public void add(Entry entry) {
        add(List.of(entry));
    }

    public Paged<Entry> of(RecordId record, PageQuery page) {
        List<Entry> entries = jdbc.sql("""
                        select record_id, at, kind, actor_id, actor_name, details::text from timeline_entry
                        where record_id = ? order by at desc, id desc limit ? offset ?""")
                .params(record.value(), page.size(), page.offset())
                .query(Timeline::read)
                .list();
        long total = jdbc.sql("select count(*) from timeline_entry where record_id = ?")
                .param(record.value())
                .query(Long.class)
                .single();
        return Paged.of(entries, page, total);
    }

    private static Entry read(ResultSet row, int number) throws SQLException {
        UUID actor = row.getObject(4, UUID.class);
        return new Entry(
                new RecordId(row.getObject(1, UUID.class)),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                new Actor(actor == null ? null : new UserId(actor), row.getString(5)),
                Json.read(row.getString(6), DETAILS));
    }

    /**
     * @param kind such as {@code mail.sent}, {@code call}, {@code task}, {@code field.updated}, {@code connected}; pages
     *     show it through the text {@code timeline.<kind>} with {@code details} as its named values
     * @param details short plain values: subject, step, sequence, outcome, note …
     */
    public record Entry(RecordId record, Instant at, String kind, Actor actor, Map<String, String> details) {}
}
