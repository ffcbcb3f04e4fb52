package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.State;
import io.upnext.shared.SequenceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The enrollments of a sequence as pages list and count them. */
@Repository
class EnrollmentLists {

    private final JdbcClient jdbc;

    EnrollmentLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Enrollment> list(SequenceId sequence, State state, String order, int limit, long offset) {
        return jdbc.sql("select * from enrollment where sequence_id = :sequence"
                        + " and (cast(:state as text) is null or state = :state) order by " + order
                        + " limit :limit offset :offset")
                .param("sequence", sequence.value())
                .param("state", state == null ? null : state.name())
                .param("limit", limit)
                .param("offset", offset)
                .query(EnrollmentRows::row)
                .list();
    }

    Map<State, Long> countByState(SequenceId sequence) {
        Map<State, Long> counts = new HashMap<>();
        jdbc.sql("select state, count(*) from enrollment where sequence_id = ? group by state")
                .param(sequence.value())
                .query(rs -> {
                    counts.put(State.valueOf(rs.getString(1)), rs.getLong(2));
                });
        return counts;
    }

    Map<SequenceId, Long> active(Collection<SequenceId> sequences) {
        Map<SequenceId, Long> counts = new HashMap<>();
        jdbc.sql("""
                        select sequence_id, count(*) from enrollment
                        where ended_at is null and sequence_id = any (?::uuid[]) group by sequence_id
                        """)
                .param(sequences.stream().map(SequenceId::value).toArray(UUID[]::new))
                .query(rs -> {
                    counts.put(new SequenceId(rs.getObject(1, UUID.class)), rs.getLong(2));
                });
        return counts;
    }

    Map<Integer, Long> byVersion(SequenceId sequence) {
        Map<Integer, Long> counts = new HashMap<>();
        jdbc.sql("""
                        select version_number, count(*) from enrollment
                        where sequence_id = ? and ended_at is null group by version_number
                        """).param(sequence.value()).query(rs -> {
            counts.put(rs.getInt(1), rs.getLong(2));
        });
        return counts;
    }
}
