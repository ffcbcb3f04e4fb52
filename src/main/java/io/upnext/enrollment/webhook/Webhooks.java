package io.upnext.enrollment.webhook;

import io.upnext.security.VersionedCache;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code webhook}, kept in memory: every step asks whether anybody wants to hear of it. */
@Repository
class Webhooks {

    private final JdbcClient jdbc;
    private final VersionedCache<List<Webhook>> cache;

    Webhooks(JdbcClient jdbc, @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.cache = new VersionedCache<>("webhooks", jdbc, realTime, this::load);
    }

    /** As of a moment ago: a change by another node shows within a second. */
    List<Webhook> known() {
        return cache.get();
    }

    List<Webhook> load() {
        return jdbc.sql("select * from webhook order by created_at, id")
                .query(Webhooks::row)
                .list();
    }

    Optional<Webhook> find(UUID id) {
        return jdbc.sql("select * from webhook where id = ?")
                .param(id)
                .query(Webhooks::row)
                .optional();
    }

    void insert(Webhook webhook) {
        jdbc.sql("insert into webhook (id, url, events, secret, enabled, created_at) values (?, ?, ?::text[], ?, ?, ?)")
                .param(webhook.id())
                .param(webhook.url())
                .param(webhook.events().stream().map(WebhookEvent::wire).toArray(String[]::new))
                .param(webhook.secret())
                .param(webhook.enabled())
                .param(utc(webhook.createdAt()))
                .update();
        cache.changed();
    }

    void delete(UUID id) {
        jdbc.sql("delete from webhook where id = ?").param(id).update();
        cache.changed();
    }

    /** Switched on again, it starts with a clean slate. */
    void enable(UUID id) {
        jdbc.sql("""
                        update webhook set enabled = true, failures = 0, failing_since = null, paused_until = null
                        where id = ?
                        """).param(id).update();
        cache.changed();
    }

    /** Since when and why it failed stays, so that one sees why it is off. */
    void disable(UUID id) {
        jdbc.sql("update webhook set enabled = false where id = ?").param(id).update();
        cache.changed();
    }

    void works(UUID id) {
        jdbc.sql("""
                        update webhook set failures = 0, failing_since = null, paused_until = null, last_error = null
                        where id = ? and failing_since is not null
                        """).param(id).update();
    }

    /** It answered, but would not have it. */
    void refuses(UUID id, Instant now, String error) {
        jdbc.sql("update webhook set failing_since = coalesce(failing_since, ?), last_error = ? where id = ?")
                .params(utc(now), error, id)
                .update();
    }

    /** It is not there: nothing else is tried until the pause is over. */
    void unreachable(UUID id, Instant now, Duration pause, String error) {
        jdbc.sql("""
                        update webhook set failures = failures + 1, failing_since = coalesce(failing_since, ?),
                            paused_until = ?, last_error = ? where id = ?
                        """).params(utc(now), utc(now.plus(pause)), error, id).update();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static Webhook row(ResultSet row, int number) throws SQLException {
        return new Webhook(
                row.getObject("id", UUID.class),
                row.getString("url"),
                events(row.getArray("events")),
                row.getString("secret"),
                row.getBoolean("enabled"),
                instant(row, "created_at"),
                row.getInt("failures"),
                instant(row, "failing_since"),
                instant(row, "paused_until"),
                row.getString("last_error"));
    }

    private static Set<WebhookEvent> events(Array names) throws SQLException {
        Set<WebhookEvent> events = EnumSet.noneOf(WebhookEvent.class);
        for (String name : (String[]) names.getArray()) {
            events.add(WebhookEvent.of(name));
        }
        return events;
    }
}
