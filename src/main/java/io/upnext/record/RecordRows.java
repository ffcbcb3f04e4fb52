package io.upnext.record;

import com.fasterxml.jackson.core.type.TypeReference;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.UnitId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of the records. */
@Repository
class RecordRows {

    static final String COLUMNS = "r.id, r.type, r.state, r.owner_kind, r.owner_id, r.unit_id, r.name, r.fields::text,"
            + " r.created_at, r.updated_at, r.version";

    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    RecordRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static CrmRecord read(ResultSet row, int number) throws SQLException {
        UUID unit = row.getObject(6, UUID.class);
        return new CrmRecord(
                new RecordId(row.getObject(1, UUID.class)),
                RecordType.valueOf(row.getString(2)),
                row.getString(3),
                new Principal(Principal.Kind.valueOf(row.getString(4)), row.getObject(5, UUID.class)),
                unit == null ? null : new UnitId(unit),
                row.getString(7),
                fields(row.getString(8)),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                row.getLong(11));
    }

    static Map<String, Object> fields(String json) {
        Map<String, Object> fields = Json.read(json, FIELDS);
        fields.replaceAll((name, value) -> value instanceof Number number ? decimal(number) : value);
        return fields;
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return FieldValues.plain(decimal);
        }
        BigDecimal whole =
                number instanceof BigInteger big ? new BigDecimal(big) : BigDecimal.valueOf(number.longValue());
        return FieldValues.plain(whole);
    }

    List<CrmRecord> findAll(Collection<RecordId> ids) {
        return select(ids, "");
    }

    void hold(Collection<RecordId> ids) {
        jdbc.sql("select id from crm_record where id = any (?::uuid[]) order by id for share")
                .param(ids.stream().map(RecordId::value).toArray(UUID[]::new))
                .query(UUID.class)
                .list();
    }

    /** In the order of ids, so that two who lock several records never wait for each other. */
    List<CrmRecord> lock(Collection<RecordId> ids) {
        return select(ids, " order by r.id for update");
    }

    private List<CrmRecord> select(Collection<RecordId> ids, String end) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("select " + COLUMNS + " from crm_record r where r.id = any(?::uuid[])" + end)
                .param(texts(ids))
                .query(RecordRows::read)
                .list();
    }

    List<RecordId> findByEmail(String lowerCased) {
        return jdbc
                .sql("select id from crm_record where email = ? order by id")
                .param(lowerCased)
                .query(UUID.class)
                .list()
                .stream()
                .map(RecordId::new)
                .toList();
    }

    void insert(List<CrmRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into crm_record (id, type, state, owner_kind, owner_id, unit_id, name, email, account_id,
                            contact_id, fields, search, import_name, created_at, updated_at, version)
                        select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[],
                            ?::text[], ?::uuid[], ?::uuid[], ?::jsonb[], ?::text[], ?::text[], ?::timestamptz[],
                            ?::timestamptz[], ?::bigint[])""").params(columns(records).arrays()).update();
    }

    /** Writes records whose rows the transaction has locked. */
    void update(List<CrmRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update crm_record r set state = v.state, owner_kind = v.owner_kind, owner_id = v.owner_id,
                            unit_id = v.unit_id, name = v.name, email = v.email, account_id = v.account_id,
                            contact_id = v.contact_id, fields = v.fields, search = v.search,
                            import_name = v.import_name, updated_at = v.updated_at, version = v.version
                        from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[],
                            ?::text[], ?::uuid[], ?::uuid[], ?::jsonb[], ?::text[], ?::text[], ?::timestamptz[],
                            ?::timestamptz[], ?::bigint[])
                            as v (id, type, state, owner_kind, owner_id, unit_id, name, email, account_id, contact_id,
                                fields, search, import_name, created_at, updated_at, version)
                        where r.id = v.id""").params(columns(records).arrays()).update();
    }

    private static Columns columns(List<CrmRecord> records) {
        Columns columns = new Columns(16);
        for (CrmRecord r : records) {
            columns.add(
                    r.id(),
                    r.type(),
                    r.state(),
                    r.owner().kind(),
                    r.owner().id(),
                    r.unit(),
                    r.name(),
                    RecordNames.email(r.fields()),
                    r.text("account"),
                    r.text("contact"),
                    Json.write(r.fields()),
                    RecordNames.search(r.name(), r.fields()),
                    r.text("importName"),
                    r.createdAt(),
                    r.updatedAt(),
                    r.version());
        }
        return columns;
    }

    /**
     * In one statement and without a new version, since it happens at every step of every sequence and must not get in
     * the way of somebody who edits the record. Only types that have the fields.
     */
    void touch(RecordId id, Map<String, String> values, Instant at) {
        jdbc.sql("""
                        update crm_record set fields = fields || ?::jsonb, updated_at = ?
                        where id = ? and type in ('LEAD', 'CONTACT') and not fields @> ?::jsonb""")
                .params(Json.write(values), at.atOffset(ZoneOffset.UTC), id.value(), Json.write(values))
                .update();
    }

    /** As {@link #touch}, for many; locked in the order of ids, so that two who do it never wait for each other. */
    void contacted(Map<RecordId, String> modes, Instant at) {
        Columns columns = new Columns(2);
        modes.forEach(columns::add);
        jdbc.sql("""
                        with touched as (
                            select r.id, v.mode
                            from crm_record r join unnest(?::uuid[], ?::text[]) as v (id, mode) on v.id = r.id
                            where r.type in ('LEAD', 'CONTACT') and r.fields ->> 'lastContactedMode' is distinct from v.mode
                            order by r.id for no key update of r)
                        update crm_record r
                        set fields = r.fields || jsonb_build_object('lastContactedMode', t.mode), updated_at = ?
                        from touched t where r.id = t.id""")
                .params(columns.arrays())
                .param(at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Takes the record away, and the references to it from others. */
    void delete(RecordId id, Instant at) {
        OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
        for (String reference : List.of("account", "contact")) {
            jdbc.sql("update crm_record set " + reference + "_id = null, fields = fields - '" + reference
                            + "', version = version + 1, updated_at = ? where " + reference + "_id = ?")
                    .params(time, id.value())
                    .update();
        }
        jdbc.sql("delete from timeline_entry where record_id = ?")
                .param(id.value())
                .update();
        jdbc.sql("delete from crm_record where id = ?").param(id.value()).update();
    }

    static String[] texts(Collection<?> ids) {
        return ids.stream().map(String::valueOf).toArray(String[]::new);
    }
}
