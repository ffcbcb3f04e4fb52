package io.upnext.enrollment.webhook;

import static io.upnext.enrollment.webhook.Webhooks.instant;
import static io.upnext.enrollment.webhook.Webhooks.utc;

import io.upnext.shared.EnrollmentId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code webhook_delivery}. */
@Repository
class WebhookDeliveries {

    /** How many of one webhook are on their way at once; of one that fails, one. */
    static final int AT_ONCE = 20;

    /** Nothing older of the same enrollment waits for the same webhook. */
    private static final String NEXT_IN_ITS_ENROLLMENT = """
            not exists (select 1 from webhook_delivery older
                where older.webhook_id = d.webhook_id and older.enrollment_id = d.enrollment_id
                    and older.state = 'PENDING' and older.id < d.id)
            """;

    private final JdbcClient jdbc;

    WebhookDeliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Fresh(UUID webhook, UUID eventId, String event, UUID enrollment, String body, Instant at) {}

    record Claimed(long id, UUID webhook, UUID eventId, String event, String body, int tries) {}

    void insert(List<Fresh> fresh) {
        jdbc.sql("""
                        insert into webhook_delivery (webhook_id, event_id, event, enrollment_id, body, at, state,
                            next_try_at)
                        select f.webhook, f.event_id, f.event, f.enrollment, f.body, f.at, 'PENDING', f.at
                        from unnest(?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::timestamptz[])
                            with ordinality as f (webhook, event_id, event, enrollment, body, at, n) order by f.n
                        """)
                .param(uuids(fresh, Fresh::webhook))
                .param(uuids(fresh, Fresh::eventId))
                .param(texts(fresh, Fresh::event))
                .param(uuids(fresh, Fresh::enrollment))
                .param(texts(fresh, Fresh::body))
                .param(texts(fresh, one -> one.at().toString()))
                .update();
    }

    /**
     * Takes what is due, of every webhook its share.
     *
     * @param busy webhooks that have enough on their way
     * @param until real time: when the claim ends should this node die
     */
    List<Claimed> claim(Collection<UUID> busy, Instant now, Instant realNow, Instant until) {
        return jdbc.sql("""
                        update webhook_delivery set claimed_until = :until, tries = tries + 1
                        where id in (
                            select due.id from webhook w cross join lateral (
                                select d.id from webhook_delivery d
                                where d.webhook_id = w.id and d.state = 'PENDING' and d.next_try_at <= :now
                                    and (d.claimed_until is null or d.claimed_until < :realNow) and %s
                                order by d.next_try_at, d.id
                                limit case when w.failures > 0 then 1 else :atOnce end
                                for update skip locked) due
                            where w.enabled and (w.paused_until is null or w.paused_until <= :now)
                                and w.id <> all (:busy::uuid[]))
                        returning id, webhook_id, event_id, event, body, tries
                        """.formatted(NEXT_IN_ITS_ENROLLMENT))
                .param("until", utc(until))
                .param("now", utc(now))
                .param("realNow", utc(realNow))
                .param("atOnce", AT_ONCE)
                .param("busy", busy.toArray(UUID[]::new))
                .query((row, n) -> new Claimed(
                        row.getLong("id"),
                        row.getObject("webhook_id", UUID.class),
                        row.getObject("event_id", UUID.class),
                        row.getString("event"),
                        row.getString("body"),
                        row.getInt("tries")))
                .list();
    }

    void delivered(long id, int status, Instant at) {
        jdbc.sql("""
                        update webhook_delivery set state = 'DELIVERED', status = ?, error = null, finished_at = ?,
                            claimed_until = null
                        where id = ?
                        """).params(status, utc(at), id).update();
    }

    void failed(long id, Integer status, String error, Instant nextTry) {
        jdbc.sql(
                        "update webhook_delivery set status = ?, error = ?, next_try_at = ?, claimed_until = null where id = ?")
                .param(status)
                .param(error)
                .param(utc(nextTry))
                .param(id)
                .update();
    }

    void givenUp(long id, Integer status, String error, Instant at) {
        jdbc.sql("""
                        update webhook_delivery set state = 'GIVEN_UP', status = ?, error = ?, finished_at = ?,
                            claimed_until = null
                        where id = ?
                        """).param(status).param(error).param(utc(at)).param(id).update();
    }

    /** @return whether there is such a delivery, and nobody is at it just now */
    boolean again(UUID webhook, long id, Instant now, Instant realNow) {
        return jdbc.sql("""
                                update webhook_delivery set state = 'PENDING', tries = 0, next_try_at = ?,
                                    finished_at = null, status = null, error = null
                                where webhook_id = ? and id = ? and (claimed_until is null or claimed_until < ?)
                                """).params(utc(now), webhook, id, utc(realNow)).update() == 1;
    }

    Optional<Delivery> find(UUID webhook, long id) {
        return jdbc.sql("select * from webhook_delivery where webhook_id = ? and id = ?")
                .params(webhook, id)
                .query(WebhookDeliveries::row)
                .optional();
    }

    /** Newest first. @param state null for every one */
    Paged<Delivery> list(UUID webhook, Delivery.State state, PageQuery page) {
        String where = " from webhook_delivery where webhook_id = :webhook"
                + " and (cast(:state as text) is null or state = :state)";
        String wanted = state == null ? null : state.name();
        long total = jdbc.sql("select count(*)" + where)
                .param("webhook", webhook)
                .param("state", wanted)
                .query(Long.class)
                .single();
        List<Delivery> items = jdbc.sql("select *" + where + " order by id desc limit :size offset :offset")
                .param("webhook", webhook)
                .param("state", wanted)
                .param("size", page.size())
                .param("offset", page.offset())
                .query(WebhookDeliveries::row)
                .list();
        return Paged.of(items, page, total);
    }

    boolean anyDue(Instant now) {
        return jdbc.sql("""
                        select exists (select 1 from webhook w join webhook_delivery d on d.webhook_id = w.id
                            where w.enabled and (w.paused_until is null or w.paused_until <= :now)
                                and d.state = 'PENDING' and d.next_try_at <= :now and %s)
                        """.formatted(NEXT_IN_ITS_ENROLLMENT))
                .param("now", utc(now))
                .query(Boolean.class)
                .single();
    }

    Optional<Instant> nextDue() {
        return jdbc.sql("""
                        select min(greatest(d.next_try_at, w.paused_until)) as next
                        from webhook w join webhook_delivery d on d.webhook_id = w.id
                        where w.enabled and d.state = 'PENDING' and %s
                        """.formatted(NEXT_IN_ITS_ENROLLMENT))
                .query((row, n) -> Optional.ofNullable(instant(row, "next")))
                .single();
    }

    void deleteOf(UUID webhook) {
        jdbc.sql("delete from webhook_delivery where webhook_id = ?")
                .param(webhook)
                .update();
    }

    int deleteBefore(Instant at, int limit) {
        return jdbc.sql("""
                        delete from webhook_delivery where id in (
                            select id from webhook_delivery where at < ? order by at limit ? for update skip locked)
                        """).params(utc(at), limit).update();
    }

    private static Delivery row(ResultSet row, int n) throws SQLException {
        UUID enrollment = row.getObject("enrollment_id", UUID.class);
        Delivery.State state = Delivery.State.valueOf(row.getString("state"));
        return new Delivery(
                row.getLong("id"),
                row.getObject("event_id", UUID.class),
                row.getString("event"),
                enrollment == null ? null : new EnrollmentId(enrollment),
                instant(row, "at"),
                state,
                row.getInt("tries"),
                state == Delivery.State.PENDING ? instant(row, "next_try_at") : null,
                instant(row, "finished_at"),
                row.getObject("status", Integer.class),
                row.getString("error"),
                row.getString("body"));
    }

    private static UUID[] uuids(List<Fresh> rows, Function<Fresh, UUID> value) {
        return rows.stream().map(value).toArray(UUID[]::new);
    }

    private static String[] texts(List<Fresh> rows, Function<Fresh, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
