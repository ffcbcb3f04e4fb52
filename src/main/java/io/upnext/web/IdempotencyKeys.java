package io.upnext.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.security.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Answers kept for {@code Idempotency-Key}s. Every statement commits by itself: the row stands before the work begins,
 * so that of two requests at the same time only one does it. Answers are encrypted, since one may show a new API key.
 */
@Repository
class IdempotencyKeys {

    static final Duration KEPT = Duration.ofHours(24);

    /** Whose node died while it worked may be tried again after this. */
    static final Duration IN_FLIGHT_AT_MOST = Duration.ofMinutes(15);

    private static final String PURPOSE = "idempotency";

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Secrets secrets;
    private final Clock realTime;

    IdempotencyKeys(JdbcClient jdbc, ObjectMapper json, Secrets secrets, @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.json = json;
        this.secrets = secrets;
        this.realTime = realTime;
    }

    record Key(UUID user, String key, String path) {}

    record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** What is known of a key. @param answer empty while the request is in flight */
    record Seen(byte[] requestHash, Optional<Answer> answer) {}

    /** Takes the key for this request; false where somebody has it already. */
    boolean take(Key key, byte[] requestHash) {
        var now = realTime.instant();
        return jdbc.sql("""
                                insert into idempotency_key as k (app_user, key, path, request_hash, created_at)
                                values (:user, :key, :path, :hash, :now)
                                on conflict (app_user, key, path) do update
                                    set request_hash = excluded.request_hash, created_at = excluded.created_at,
                                        status = null, headers = null, body = null
                                    where k.created_at < :expired or (k.status is null and k.created_at < :abandoned)
                                """)
                        .param("user", key.user())
                        .param("key", key.key())
                        .param("path", key.path())
                        .param("hash", requestHash)
                        .param("now", utc(now))
                        .param("expired", utc(now.minus(KEPT)))
                        .param("abandoned", utc(now.minus(IN_FLIGHT_AT_MOST)))
                        .update()
                == 1;
    }

    Optional<Seen> find(Key key) {
        return jdbc.sql("""
                        select request_hash, status, headers::text as headers, body from idempotency_key
                        where app_user = ? and key = ? and path = ?
                        """)
                .params(key.user(), key.key(), key.path())
                .query((row, n) -> {
                    var status = row.getObject("status", Integer.class);
                    var answer = status == null
                            ? Optional.<Answer>empty()
                            : Optional.of(new Answer(
                                    status,
                                    readHeaders(row.getString("headers")),
                                    secrets.decrypt(PURPOSE, row.getBytes("body"))));
                    return new Seen(row.getBytes("request_hash"), answer);
                })
                .optional();
    }

    void keep(Key key, Answer answer) {
        jdbc.sql("""
                        update idempotency_key set status = ?, headers = ?::jsonb, body = ?
                        where app_user = ? and key = ? and path = ?
                        """)
                .params(
                        answer.status(),
                        writeHeaders(answer.headers()),
                        secrets.encrypt(PURPOSE, answer.body()),
                        key.user(),
                        key.key(),
                        key.path())
                .update();
    }

    /** The request came to nothing, so it may be sent again. */
    void release(Key key) {
        jdbc.sql("delete from idempotency_key where app_user = ? and key = ? and path = ?")
                .params(key.user(), key.key(), key.path())
                .update();
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 120_000)
    void forgetOld() {
        jdbc.sql("delete from idempotency_key where created_at < ?")
                .param(utc(realTime.instant().minus(KEPT)))
                .update();
    }

    private String writeHeaders(Map<String, String> headers) {
        try {
            return json.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> readHeaders(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
