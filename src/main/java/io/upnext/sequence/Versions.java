package io.upnext.sequence;

import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Frozen versions, from a bounded cache: they never change. */
@Component
public class Versions {

    private static final int CACHED = 500;
    static final String SELECT = """
            select v.id, v.sequence_id, v.number, v.definition, v.change_description, v.activated_by, v.activated_at
            from sequence_version v
            """;

    private final JdbcClient jdbc;
    private final Map<VersionId, Entry> cache = Collections.synchronizedMap(new LeastRecentlyUsed());

    Versions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws NotFoundException where there is none */
    public SequenceVersion get(VersionId id) {
        return entry(id).version;
    }

    /** The definition of a version with its steps looked up by id and its options resolved. */
    public StepIndex index(VersionId id) {
        return entry(id).index;
    }

    /** The version new enrollments of the sequence run on; empty unless it is active. */
    public Optional<SequenceVersion> active(SequenceId id) {
        return jdbc.sql("""
                        select latest_version from sequence
                        where id = ? and state = 'ACTIVE' and deleted_at is null
                        """)
                .param(id.value())
                .query(UUID.class)
                .optional()
                .map(VersionId::new)
                .map(this::get);
    }

    /**
     * As {@link #active}, and keeps the sequence from being deactivated or deleted until the transaction ends: who
     * connects records calls this first, so that none slips in behind a deactivation.
     */
    public Optional<SequenceVersion> holdActive(SequenceId id) {
        return jdbc.sql("""
                        select latest_version from sequence
                        where id = ? and state = 'ACTIVE' and deleted_at is null for share
                        """)
                .param(id.value())
                .query(UUID.class)
                .optional()
                .map(VersionId::new)
                .map(this::get);
    }

    /** Keeps the sequence from being activated, deactivated or deleted until the transaction ends, and its versions running. */
    public void hold(SequenceId id) {
        jdbc.sql("select 1 from sequence where id = ? for share")
                .param(id.value())
                .query()
                .listOfRows();
    }

    /** The version that was activated last, whether the sequence is active or not. */
    public Optional<SequenceVersion> newest(SequenceId id) {
        return jdbc.sql("select latest_version from sequence where id = ? and latest_version is not null")
                .param(id.value())
                .query(UUID.class)
                .optional()
                .map(VersionId::new)
                .map(this::get);
    }

    /** As {@link #newest}, and lets nobody connect to or migrate within the sequence until the transaction ends. */
    public Optional<SequenceVersion> lockNewest(SequenceId id) {
        jdbc.sql("select 1 from sequence where id = ? for update")
                .param(id.value())
                .query()
                .listOfRows();
        return newest(id);
    }

    /** The version of a sequence with that number. */
    public Optional<SequenceVersion> find(SequenceId id, int number) {
        return jdbc.sql("select id from sequence_version where sequence_id = ? and number = ?")
                .param(id.value())
                .param(number)
                .query(UUID.class)
                .optional()
                .map(VersionId::new)
                .map(this::get);
    }

    private Entry entry(VersionId id) {
        Entry known = cache.get(id);
        if (known == null) {
            known = new Entry(load(id));
            cache.put(id, known);
        }
        return known;
    }

    private SequenceVersion load(VersionId id) {
        return jdbc.sql(SELECT + " where v.id = ?")
                .param(id.value())
                .query(Versions::row)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no version '" + id + "'."));
    }

    static SequenceVersion row(ResultSet row, int number) throws SQLException {
        return new SequenceVersion(
                new VersionId(row.getObject("id", UUID.class)),
                new SequenceId(row.getObject("sequence_id", UUID.class)),
                row.getInt("number"),
                DefinitionJson.read(row.getString("definition")),
                row.getString("change_description"),
                new UserId(row.getObject("activated_by", UUID.class)),
                row.getObject("activated_at", OffsetDateTime.class).toInstant());
    }

    private static final class Entry {
        private final SequenceVersion version;
        private final StepIndex index;

        private Entry(SequenceVersion version) {
            this.version = version;
            this.index = StepIndex.of(version.definition());
        }
    }

    private static final class LeastRecentlyUsed extends LinkedHashMap<VersionId, Entry> {
        private static final long serialVersionUID = 1L;

        private LeastRecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<VersionId, Entry> eldest) {
            return size() > CACHED;
        }
    }
}
