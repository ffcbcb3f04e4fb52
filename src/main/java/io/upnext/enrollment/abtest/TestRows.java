package io.upnext.enrollment.abtest;

import io.upnext.enrollment.abtest.TestRow.Decision;
import io.upnext.enrollment.abtest.TestRow.Key;
import io.upnext.messaging.MailEvent;
import io.upnext.sequence.Step;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code ab_test} and {@code ab_news}. */
@Repository
class TestRows {

    private final JdbcClient jdbc;

    TestRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes the row where there is none; locked until the transaction ends. */
    TestRow lock(Key key, SequenceId sequence, Step.AbTest step) {
        return jdbc.sql("""
                        insert into ab_test (version_id, step_id, sequence_id, ends_at, success) values (?, ?, ?, ?, ?)
                        on conflict (version_id, step_id) do update set sequence_id = excluded.sequence_id
                        returning *
                        """)
                .params(
                        key.version().value(),
                        key.stepId(),
                        sequence.value(),
                        utc(step.until()),
                        RecipientRows.success(step.decidedBy()).name())
                .query(TestRows::row)
                .single();
    }

    Optional<TestRow> find(Key key) {
        return jdbc.sql("select * from ab_test where version_id = ? and step_id = ?")
                .params(key.version().value(), key.stepId())
                .query(TestRows::row)
                .optional();
    }

    void assigned(Key key, int moreA, int moreB) {
        jdbc.sql("""
                        update ab_test set assigned_a = assigned_a + ?, assigned_b = assigned_b + ?
                        where version_id = ? and step_id = ?
                        """).params(moreA, moreB, key.version().value(), key.stepId()).update();
    }

    void looked(Key key, Evidence seen, double p, double level) {
        jdbc.sql("""
                        update ab_test set looks = looks + 1, looked_at = ?, delivered_a = ?, happened_a = ?,
                            delivered_b = ?, happened_b = ?, p = ?, level = ?
                        where version_id = ? and step_id = ?
                        """)
                .params(
                        seen.happened(),
                        seen.deliveredA(),
                        seen.happenedA(),
                        seen.deliveredB(),
                        seen.happenedB(),
                        p,
                        level,
                        key.version().value(),
                        key.stepId())
                .update();
    }

    void decide(Key key, Variant winner, Decision decision, UserId by, Instant at) {
        jdbc.sql("""
                        update ab_test set winner = :winner, decision = :decision, decided_by = :by, decided_at = :at
                        where version_id = :version and step_id = :step and winner is null
                        """)
                .param("winner", winner.name())
                .param("decision", decision.name())
                .param("by", by == null ? null : by.value(), java.sql.Types.OTHER)
                .param("at", utc(at))
                .param("version", key.version().value())
                .param("step", key.stepId())
                .update();
    }

    /** Notes, without waiting for anybody, that somebody should look; only what decides the test is worth it. */
    void news(Key key, MailEvent.Kind kind) {
        jdbc.sql("""
                        insert into ab_news (version_id, step_id) select version_id, step_id from ab_test
                        where version_id = ? and step_id = ? and winner is null and success = ?
                        """).params(key.version().value(), key.stepId(), kind.name()).update();
    }

    /** Takes the news of one test away: what they are about is committed. */
    Optional<Key> takeNews() {
        return jdbc.sql("""
                        delete from ab_news where id in (
                            select n.id from ab_news n, (select version_id, step_id from ab_news order by id limit 1) first
                            where n.version_id = first.version_id and n.step_id = first.step_id
                            for update of n skip locked)
                        returning version_id, step_id
                        """).query(TestRows::key).list().stream().findFirst();
    }

    boolean anyNews() {
        return jdbc.sql("select exists (select 1 from ab_news)")
                .query(Boolean.class)
                .single();
    }

    /** A test whose end has come; others pass it over until the transaction ends. */
    Optional<Key> takeEnded(Instant now) {
        return jdbc.sql("""
                        select version_id, step_id from ab_test where winner is null and ends_at <= ?
                        order by ends_at limit 1 for update skip locked
                        """).param(utc(now)).query(TestRows::key).optional();
    }

    Optional<Instant> nextEnd() {
        return jdbc.sql("select min(ends_at) from ab_test where winner is null")
                .query((row, number) -> Optional.ofNullable(instant(row, "min")))
                .single();
    }

    private static Key key(ResultSet row, int number) throws SQLException {
        return new Key(new VersionId(row.getObject("version_id", UUID.class)), row.getString("step_id"));
    }

    private static TestRow row(ResultSet row, int number) throws SQLException {
        String winner = row.getString("winner");
        UUID by = row.getObject("decided_by", UUID.class);
        boolean looked = row.getObject("p") != null;
        return new TestRow(
                key(row, number),
                new SequenceId(row.getObject("sequence_id", UUID.class)),
                row.getInt("assigned_a"),
                row.getInt("assigned_b"),
                row.getInt("looks"),
                row.getInt("looked_at"),
                winner == null ? null : Variant.valueOf(winner),
                winner == null ? null : Decision.valueOf(row.getString("decision")),
                instant(row, "decided_at"),
                by == null ? null : new UserId(by),
                looked ? seen(row) : null,
                looked ? row.getDouble("p") : null,
                looked ? row.getDouble("level") : null);
    }

    private static Evidence seen(ResultSet row) throws SQLException {
        return new Evidence(
                row.getInt("delivered_a"),
                row.getInt("happened_a"),
                row.getInt("delivered_b"),
                row.getInt("happened_b"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
