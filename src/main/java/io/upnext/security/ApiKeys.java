package io.upnext.security;

import io.upnext.shared.InvalidException;
import io.upnext.shared.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Personal keys for the API: 256 random bits, shown once, stored as SHA-256, which random keys need no salt for. */
@Component
public class ApiKeys {

    private static final String MARK = "upx_";
    private static final int PREFIX_LENGTH = MARK.length() + 6;
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final DirectoryRows directory;
    private final AuditLog audit;
    private final Clock realTime;
    private final SecureRandom random = new SecureRandom();

    ApiKeys(JdbcClient jdbc, DirectoryRows directory, AuditLog audit, @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.directory = directory;
        this.audit = audit;
        this.realTime = realTime;
    }

    /** A key without its secret. Times are real times, not the demo's. */
    public record ApiKey(
            UUID id, String name, String prefix, Instant createdAt, Instant expiresAt, Instant lastUsedAt) {}

    /** A new key; {@code key} is never shown again. */
    public record NewApiKey(ApiKey about, String key) {}

    /**
     * @param expiresAt or null for a key that never expires
     * @throws InvalidException where the name is missing or the end has passed
     */
    @Transactional
    public NewApiKey create(CurrentUser owner, String wantedName, Instant expiresAt) {
        var name = wantedName == null ? "" : wantedName.strip();
        check(name, expiresAt);
        var key = MARK + randomText();
        var about = new ApiKey(
                UUID.randomUUID(), name, key.substring(0, PREFIX_LENGTH), realTime.instant(), expiresAt, null);
        jdbc.sql("""
                        insert into api_key (id, app_user, name, prefix, key_hash, created_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        about.id(),
                        owner.id().value(),
                        name,
                        about.prefix(),
                        hash(key),
                        utc(about.createdAt()),
                        utc(expiresAt))
                .update();
        audit.add(owner.actor(), "api-key.create", "api-key:" + about.id(), null, about);
        return new NewApiKey(about, key);
    }

    private void check(String name, Instant expiresAt) {
        if (name.isEmpty() || name.length() > 100) {
            throw new InvalidException("The key needs a name of 1 to 100 characters, which says what uses it.");
        }
        if (expiresAt != null && !expiresAt.isAfter(realTime.instant())) {
            throw new InvalidException("'expiresAt' has passed; choose a later time or leave it out.");
        }
    }

    public List<ApiKey> of(UserId user) {
        return jdbc.sql("""
                        select id, name, prefix, created_at, expires_at, last_used_at from api_key
                        where app_user = ? order by created_at desc, id
                        """).param(user.value()).query((row, n) -> read(row)).list();
    }

    /** Deletes a key of this user; says whether there was one. */
    @Transactional
    public boolean delete(CurrentUser owner, UUID id) {
        var deleted = jdbc.sql("delete from api_key where id = ? and app_user = ?")
                        .params(id, owner.id().value())
                        .update()
                > 0;
        if (deleted) {
            audit.add(owner.actor(), "api-key.delete", "api-key:" + id, null, null);
        }
        return deleted;
    }

    /** Whose key this is; empty where it is unknown or expired, or its user inactive. */
    Optional<Directory.Login> login(String key) {
        var now = realTime.instant();
        return jdbc.sql("select id, app_user, expires_at, last_used_at from api_key where key_hash = ?")
                .param(hash(key))
                .query((row, n) -> new Found(
                        row.getObject("id", UUID.class),
                        new UserId(row.getObject("app_user", UUID.class)),
                        instant(row, "expires_at"),
                        instant(row, "last_used_at")))
                .optional()
                .filter(found -> found.expiresAt == null || found.expiresAt.isAfter(now))
                .flatMap(found -> use(found, now));
    }

    private Optional<Directory.Login> use(Found found, Instant now) {
        var login = Optional.ofNullable(directory.current().logins.get(found.user))
                .filter(one -> one.user().active());
        if (login.isPresent() && (found.lastUsedAt == null || found.lastUsedAt.isBefore(now.minus(USE_NOTED_EVERY)))) {
            jdbc.sql("update api_key set last_used_at = ? where id = ?")
                    .params(utc(now), found.id)
                    .update();
        }
        return login;
    }

    private record Found(UUID id, UserId user, Instant expiresAt, Instant lastUsedAt) {}

    private String randomText() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ApiKey read(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("prefix"),
                instant(row, "created_at"),
                instant(row, "expires_at"),
                instant(row, "last_used_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
