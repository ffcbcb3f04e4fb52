package io.upnext.enrollment;

import io.upnext.shared.SequenceId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds the enrollments that a migration concerns. */
@Repository
class MigrationLookups {

    private final JdbcClient jdbc;

    MigrationLookups(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Enrollment> runningOn(SequenceId sequence, int version) {
        return list("ended_at is null and version_number = ?", sequence, version);
    }

    /** @param ids what is no id is left out */
    List<Enrollment> runningOn(SequenceId sequence, int version, List<String> ids) {
        return list(
                "ended_at is null and version_number = ? and id = any (?::uuid[])",
                sequence,
                version,
                ids.stream().flatMap(MigrationLookups::uuid).toArray(UUID[]::new));
    }

    List<Enrollment> runningOnOther(SequenceId sequence, int version) {
        return list("ended_at is null and version_number <> ?", sequence, version);
    }

    /** Those that ended by going on in another sequence. */
    List<Enrollment> advanced(SequenceId sequence, int version) {
        return list("state = 'COMPLETED' and reason = 'ADVANCED' and version_number = ?", sequence, version);
    }

    private List<Enrollment> list(String where, SequenceId sequence, Object... parameters) {
        return jdbc.sql("select * from enrollment where sequence_id = ? and " + where + " order by id")
                .param(sequence.value())
                .params(List.of(parameters))
                .query(EnrollmentRows::row)
                .list();
    }

    private static Stream<UUID> uuid(String id) {
        try {
            return Stream.of(UUID.fromString(id));
        } catch (IllegalArgumentException noId) {
            return Stream.empty();
        }
    }
}
