package io.upnext.enrollment;

import io.upnext.operation.Workers;
import io.upnext.record.RecordsChanged;
import io.upnext.record.RecordsTouched;
import io.upnext.shared.RecordId;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Changes of records that run in sequences, or of all where others are interested ({@link ChangedRecords}): noted in the transaction of the change, looked at right after it. Closing a
 * record ends its enrollments; a changed field may meet an exit filter.
 */
@Component
class RecordChanges {

    private final JdbcClient jdbc;
    private final Workers workers;
    private final ObjectProvider<ChangedRecords> others;

    RecordChanges(JdbcClient jdbc, Workers workers, ObjectProvider<ChangedRecords> others) {
        this.jdbc = jdbc;
        this.workers = workers;
        this.others = others;
    }

    record Change(long id, RecordId record, boolean closed) {}

    @EventListener
    void on(RecordsChanged event) {
        List<RecordsChanged.Change> changes = event.changes();
        boolean all = others.stream().anyMatch(ChangedRecords::interested);
        int noted = jdbc.sql("""
                        insert into record_change (record_id, closed)
                        select c.record_id, c.closed from unnest(?::uuid[], ?::boolean[]) as c (record_id, closed)
                        where ? or exists (
                            select 1 from enrollment e where e.record_id = c.record_id and e.ended_at is null)
                        """)
                .param(changes.stream().map(change -> change.id().value()).toArray(UUID[]::new))
                .param(changes.stream().map(RecordsChanged.Change::closed).toArray(Boolean[]::new))
                .param(all)
                .update();
        if (noted > 0) {
            workers.wake(RecordChangeWorker.NAME);
        }
    }

    /** Mails, calls and replies go by without an event of their own. */
    @EventListener
    void on(RecordsTouched event) {
        if (others.stream().anyMatch(ChangedRecords::interestedInActivity)) {
            note(event.records());
        }
    }

    /** Their enrollments or steps have changed. */
    void moved(Supplier<Stream<RecordId>> records) {
        if (others.stream().anyMatch(ChangedRecords::interestedInSequences)) {
            note(records.get().distinct().toList());
        }
    }

    private void note(List<RecordId> records) {
        if (!records.isEmpty()) {
            jdbc.sql(
                            "insert into record_change (record_id, closed) select c.id, false from unnest(?::uuid[]) as c (id)")
                    .param(records.stream().map(RecordId::value).toArray(UUID[]::new))
                    .update();
            workers.wake(RecordChangeWorker.NAME);
        }
    }

    /** Takes the oldest changes for this transaction. */
    List<Change> take(int limit) {
        return jdbc.sql("select id, record_id, closed from record_change order by id limit ? for update skip locked")
                .param(limit)
                .query((rs, i) ->
                        new Change(rs.getLong(1), new RecordId(rs.getObject(2, UUID.class)), rs.getBoolean(3)))
                .list();
    }

    void done(List<Change> changes) {
        jdbc.sql("delete from record_change where id = any (?::bigint[])")
                .param(changes.stream().map(Change::id).toArray(Long[]::new))
                .update();
    }

    boolean any() {
        return jdbc.sql("select exists (select 1 from record_change)")
                .query(Boolean.class)
                .single();
    }
}
