package io.upnext.enrollment;

import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was before, and what runs: who may be connected depends on it. */
@Repository
class EarlierEnrollments {

    private final JdbcClient jdbc;

    EarlierEnrollments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest enrollment of each record in the sequence. */
    Map<RecordId, Enrollment> newest(SequenceId sequence, Collection<RecordId> records) {
        Map<RecordId, Enrollment> newest = new HashMap<>();
        jdbc.sql("""
                        select distinct on (record_id) * from enrollment
                        where sequence_id = ? and record_id = any (?::uuid[])
                        order by record_id, connected_at desc, id desc
                        """)
                .param(sequence.value())
                .param(records.stream().map(RecordId::value).toArray(UUID[]::new))
                .query(EnrollmentRows::row)
                .list()
                .forEach(enrollment -> newest.put(enrollment.record(), enrollment));
        return newest;
    }

    /** Those of the records that are in any sequence now. */
    Set<RecordId> running(Collection<RecordId> records) {
        return new HashSet<>(jdbc.sql(
                        "select distinct record_id from enrollment where ended_at is null and record_id = any (?::uuid[])")
                .param(records.stream().map(RecordId::value).toArray(UUID[]::new))
                .query((rs, i) -> new RecordId(rs.getObject(1, UUID.class)))
                .list());
    }

    /** Which record took each of these addresses in the sequence, now or ever. */
    Map<String, Set<RecordId>> recordsByAddress(SequenceId sequence, Collection<String> addresses) {
        Map<String, Set<RecordId>> taken = new HashMap<>();
        jdbc.sql("select address, record_id from enrollment where sequence_id = ? and address = any (?::text[])")
                .param(sequence.value())
                .param(addresses.toArray(String[]::new))
                .query(rs -> {
                    taken.computeIfAbsent(rs.getString(1), a -> new HashSet<>())
                            .add(new RecordId(rs.getObject(2, UUID.class)));
                });
        return taken;
    }
}
