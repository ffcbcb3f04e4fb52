package io.upnext.sequence;

import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code sequence}, {@code sequence_version} and {@code sequence_tag}. */
@Repository
class SequenceRows {

    static final String COLUMNS = """
            select s.id, s.name, s.record_type, s.state, s.draft is not null as has_draft,
                   coalesce(s.draft, v.definition) as content,
                   array(select t.path from sequence_tag t where t.sequence_id = s.id order by t.position) as tags,
                   s.edition, s.latest_version, s.latest_number, s.owner, s.unit,
                   s.created_at, s.updated_at, s.deleted_at is not null as deleted
            """;
    static final String FROM = """
            from sequence s left join sequence_version v on v.id = s.latest_version
            """;
    private final JdbcClient jdbc;

    SequenceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<SequenceId> ownedBy(UserId owner) {
        return jdbc
                .sql("select id from sequence where owner = ? and deleted_at is null order by id")
                .param(owner.value())
                .query(UUID.class)
                .list()
                .stream()
                .map(SequenceId::new)
                .toList();
    }

    Optional<SequenceRow> find(SequenceId id) {
        return jdbc.sql(COLUMNS + FROM + "where s.id = ?")
                .param(id.value())
                .query(SequenceRows::row)
                .optional();
    }

    /** Without their content, which may be long: this is asked at every step of every enrollment. */
    List<Sequence> summaries(Collection<SequenceId> ids) {
        return jdbc.sql("""
                        select id, name, record_type, state, draft is not null as has_draft, latest_version, owner, unit,
                            deleted_at is not null as deleted
                        from sequence where id = any(?)
                        """)
                .param(ids.stream().map(SequenceId::value).toArray(UUID[]::new))
                .query(SequenceRows::summary)
                .list();
    }

    private static Sequence summary(ResultSet row, int number) throws SQLException {
        UUID latest = row.getObject("latest_version", UUID.class);
        UUID unit = row.getObject("unit", UUID.class);
        Sequence.State state = Sequence.State.valueOf(row.getString("state"));
        boolean active = state == Sequence.State.ACTIVE;
        return new Sequence(
                new SequenceId(row.getObject("id", UUID.class)),
                row.getString("name"),
                RecordType.valueOf(row.getString("record_type")),
                state,
                active && row.getBoolean("has_draft"),
                active && latest != null ? new VersionId(latest) : null,
                new UserId(row.getObject("owner", UUID.class)),
                unit == null ? null : new UnitId(unit),
                row.getBoolean("deleted"));
    }

    /** Lets nobody else change the sequence until the transaction ends. */
    void lock(SequenceId id) {
        jdbc.sql("select 1 from sequence where id = ? for update")
                .param(id.value())
                .query()
                .listOfRows();
    }

    /** One activation at a time in the organisation, so that limits over all sequences hold. */
    void lockActivations() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('sequence activations'))")
                .query()
                .listOfRows();
    }

    void insert(SequenceId id, Definition definition, UserId owner, UnitId unit, Instant now) {
        jdbc.sql("""
                        insert into sequence (id, name, record_type, mode, state, draft, owner, unit, created_at, updated_at)
                        values (:id, :name, :type, :mode, 'INACTIVE', cast(:draft as jsonb), :owner, :unit, :now, :now)
                        """)
                .param("id", id.value())
                .params(content(definition))
                .param("owner", owner.value())
                .param("unit", unit == null ? null : unit.value())
                .param("now", at(now))
                .update();
        tag(id, definition);
    }

    /** Replaces what is being edited. */
    void draft(SequenceId id, Definition definition, Instant now) {
        jdbc.sql("""
                        update sequence set name = :name, record_type = :type, mode = :mode,
                               draft = cast(:draft as jsonb), edition = edition + 1, updated_at = :now
                        where id = :id
                        """)
                .param("id", id.value())
                .params(content(definition))
                .param("now", at(now))
                .update();
        tag(id, definition);
    }

    /** Begins a draft with the content there is: no change of the content, so the edition stays. */
    void revise(SequenceId id, Instant now) {
        jdbc.sql("""
                        update sequence s set draft = v.definition, updated_at = ?
                        from sequence_version v where v.id = s.latest_version and s.id = ?
                        """).params(at(now), id.value()).update();
    }

    void dropDraft(SequenceId id, Definition newest, Instant now) {
        jdbc.sql("""
                        update sequence set draft = null, name = ?, mode = ?, edition = edition + 1, updated_at = ?
                        where id = ?
                        """)
                .params(name(newest), newest.effectiveMode().name(), at(now), id.value())
                .update();
    }

    void activate(SequenceVersion version) {
        jdbc.sql("""
                        insert into sequence_version
                            (id, sequence_id, number, definition, change_description, activated_by, activated_at)
                        values (?, ?, ?, cast(? as jsonb), ?, ?, ?)
                        """)
                .param(version.id().value())
                .param(version.sequence().value())
                .param(version.number())
                .param(DefinitionJson.text(version.definition()))
                .param(version.changeDescription())
                .param(version.activatedBy().value())
                .param(at(version.activatedAt()))
                .update();
        jdbc.sql("""
                        update sequence set state = 'ACTIVE', draft = null, latest_version = ?, latest_number = ?,
                               edition = edition + 1, updated_at = ?
                        where id = ?
                        """)
                .params(
                        version.id().value(),
                        version.number(),
                        at(version.activatedAt()),
                        version.sequence().value())
                .update();
    }

    void deactivate(SequenceId id, Instant now) {
        change(id, "state = 'INACTIVE', edition = edition + 1", now);
    }

    void delete(SequenceId id, Instant now) {
        jdbc.sql("update sequence set state = 'INACTIVE', deleted_at = ?, updated_at = ? where id = ?")
                .params(at(now), at(now), id.value())
                .update();
        jdbc.sql("delete from sequence_tag where sequence_id = ?")
                .param(id.value())
                .update();
    }

    void give(SequenceId id, UserId owner, UnitId unit, Instant now) {
        jdbc.sql("update sequence set owner = ?, unit = ?, updated_at = ? where id = ?")
                .param(owner.value())
                .param(unit == null ? null : unit.value())
                .param(at(now))
                .param(id.value())
                .update();
    }

    Paged<SequenceVersion> versions(SequenceId id, PageQuery page) {
        long total = jdbc.sql("select count(*) from sequence_version where sequence_id = ?")
                .param(id.value())
                .query(Long.class)
                .single();
        List<SequenceVersion> versions = jdbc.sql(
                        Versions.SELECT + " where v.sequence_id = ? order by v.number desc limit ? offset ?")
                .params(id.value(), page.size(), page.offset())
                .query(Versions::row)
                .list();
        return Paged.of(versions, page, total);
    }

    Optional<SequenceVersion> version(SequenceId id, int number) {
        return jdbc.sql(Versions.SELECT + " where v.sequence_id = ? and v.number = ?")
                .params(id.value(), number)
                .query(Versions::row)
                .optional();
    }

    int activeBut(SequenceId self) {
        return jdbc.sql("select count(*) from sequence where state = 'ACTIVE' and deleted_at is null and id <> ?")
                .param(self == null ? new UUID(0, 0) : self.value())
                .query(Integer.class)
                .single();
    }

    private void change(SequenceId id, String assignments, Instant now) {
        jdbc.sql("update sequence set " + assignments + ", updated_at = ? where id = ?")
                .params(at(now), id.value())
                .update();
    }

    private static Map<String, Object> content(Definition definition) {
        return Map.of(
                "name", name(definition),
                "type", definition.effectiveRecordType().name(),
                "mode", definition.effectiveMode().name(),
                "draft", DefinitionJson.text(definition));
    }

    private static String name(Definition definition) {
        return definition.name() == null ? "" : definition.name();
    }

    void tag(SequenceId id, Definition definition) {
        jdbc.sql("delete from sequence_tag where sequence_id = ?")
                .param(id.value())
                .update();
        if (definition.tags() != null) {
            String[] paths = new LinkedHashSet<>(definition.tags()).toArray(String[]::new);
            jdbc.sql("""
                            insert into sequence_tag (sequence_id, path, position)
                            select ?, path, position from unnest(?) with ordinality as given(path, position)
                            """).params(id.value(), paths).update();
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static SequenceRow row(ResultSet row, int number) throws SQLException {
        UUID latest = row.getObject("latest_version", UUID.class);
        UUID unit = row.getObject("unit", UUID.class);
        return new SequenceRow(
                new SequenceId(row.getObject("id", UUID.class)),
                row.getString("name"),
                RecordType.valueOf(row.getString("record_type")),
                Sequence.State.valueOf(row.getString("state")),
                row.getBoolean("has_draft"),
                tagged(DefinitionJson.read(row.getString("content")), row.getArray("tags")),
                row.getLong("edition"),
                latest == null ? null : new VersionId(latest),
                row.getInt("latest_number"),
                new UserId(row.getObject("owner", UUID.class)),
                unit == null ? null : new UnitId(unit),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("deleted"));
    }

    /** Tags are renamed and deleted beside the definition, so the table has the last word. */
    private static Definition tagged(Definition definition, Array tags) throws SQLException {
        List<String> paths = List.of((String[]) tags.getArray());
        return paths.isEmpty() && definition.tags() == null ? definition : definition.withTags(paths);
    }
}
