package io.upnext.enrollment;

import io.upnext.shared.AudienceId;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads many enrollments at once, so that lists stay a bounded number of statements. */
@Repository
class EnrollmentLookups {

    private final JdbcClient jdbc;

    EnrollmentLookups(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<EnrollmentId, Enrollment> findAll(Collection<EnrollmentId> ids) {
        Map<EnrollmentId, Enrollment> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        jdbc.sql("select * from enrollment where id = any (?::uuid[])")
                .param(ids.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                .query(EnrollmentRows::row)
                .list()
                .forEach(enrollment -> found.put(enrollment.id(), enrollment));
        return found;
    }

    /** Where enrollments came from; either part may be null. */
    record Origin(String source, AudienceId audience) {
        static final Origin UNKNOWN = new Origin(null, null);
    }

    Map<EnrollmentId, Origin> origins(Collection<EnrollmentId> ids) {
        Map<EnrollmentId, Origin> origins = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("select id, source, audience_id from enrollment where id = any (?::uuid[])")
                    .param(ids.stream().map(EnrollmentId::value).toArray(UUID[]::new))
                    .query(row -> {
                        UUID audience = row.getObject(3, UUID.class);
                        origins.put(
                                new EnrollmentId(row.getObject(1, UUID.class)),
                                new Origin(row.getString(2), audience == null ? null : new AudienceId(audience)));
                    });
        }
        return origins;
    }

    List<EnrollmentId> running(SequenceId sequence, Enrollment.State state) {
        return jdbc
                .sql("""
                        select id from enrollment where sequence_id = :sequence and ended_at is null
                            and (cast(:state as text) is null or state = :state) order by id
                        """)
                .param("sequence", sequence.value())
                .param("state", state == null ? null : state.name())
                .query(UUID.class)
                .list()
                .stream()
                .map(EnrollmentId::new)
                .toList();
    }
}
