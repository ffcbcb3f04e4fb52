package io.upnext.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Slows guessing down. Failures are counted per user name at an address, and per address; successes never count. Who
 * has lately logged in from an address is not locked out by what others do there (an office behind one address).
 */
@Component
class LoginLimiter {

    static final int FAILURES_PER_USER = 10;
    static final int FAILURES_PER_ADDRESS = 100;
    static final Duration WINDOW = Duration.ofMinutes(15);
    static final Duration LOCK = Duration.ofMinutes(15);
    private static final Duration KNOWN_FOR = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Clock realTime;

    LoginLimiter(JdbcClient jdbc, @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.realTime = realTime;
    }

    /** @throws TooManyAttemptsException while the pair or the address is locked */
    void check(String username, String address) {
        var pair = find(pair(username, address));
        pair.ifPresent(this::refuseLocked);
        var known = pair.map(Attempts::succeededAt)
                .filter(at -> at.isAfter(realTime.instant().minus(KNOWN_FOR)))
                .isPresent();
        if (!known) {
            checkAddress(address);
        }
    }

    /** @throws TooManyAttemptsException while the address is locked */
    void checkAddress(String address) {
        find(address(address)).ifPresent(this::refuseLocked);
    }

    private void refuseLocked(Attempts attempts) {
        var now = realTime.instant();
        if (attempts.lockedUntil() != null && attempts.lockedUntil().isAfter(now)) {
            throw new TooManyAttemptsException(Duration.between(now, attempts.lockedUntil()));
        }
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void failed(String username, String address) {
        count(pair(username, address), FAILURES_PER_USER);
        failed(address);
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void failed(String address) {
        count(address(address), FAILURES_PER_ADDRESS);
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void succeeded(String username, String address) {
        jdbc.sql("""
                        insert into login_attempt (key, failures, since, succeeded_at) values (:key, 0, :now, :now)
                        on conflict (key) do update set failures = 0, locked_until = null, since = :now, succeeded_at = :now
                        """)
                .param("key", pair(username, address))
                .param("now", utc(realTime.instant()))
                .update();
    }

    /** One statement, so that attempts at the same time all count. */
    private void count(String key, int limit) {
        var now = realTime.instant();
        jdbc.sql("""
                        insert into login_attempt as a (key, failures, since) values (:key, 1, :now)
                        on conflict (key) do update set
                            failures = case when a.since < :windowStart then 1 else a.failures + 1 end,
                            since = case when a.since < :windowStart then :now else a.since end,
                            locked_until = case
                                when a.since >= :windowStart and a.failures + 1 >= :limit then :lockedUntil
                                else a.locked_until end
                        """)
                .param("key", key)
                .param("now", utc(now))
                .param("windowStart", utc(now.minus(WINDOW)))
                .param("limit", limit)
                .param("lockedUntil", utc(now.plus(LOCK)))
                .update();
    }

    /** Keeps the table as small as the log-ins of the last day. */
    @Scheduled(fixedDelay = 600_000, initialDelay = 60_000)
    void forgetOld() {
        jdbc.sql("delete from login_attempt where since < :old and (succeeded_at is null or succeeded_at < :old)")
                .param("old", utc(realTime.instant().minus(KNOWN_FOR)))
                .update();
    }

    private Optional<Attempts> find(String key) {
        return jdbc.sql("select locked_until, succeeded_at from login_attempt where key = ?")
                .param(key)
                .query((row, n) -> new Attempts(
                        instant(row.getObject(1, OffsetDateTime.class)),
                        instant(row.getObject(2, OffsetDateTime.class))))
                .optional();
    }

    private record Attempts(Instant lockedUntil, Instant succeededAt) {}

    private static String pair(String username, String address) {
        return hash("user " + username + " at " + address);
    }

    private static String address(String address) {
        return hash("address " + address);
    }

    /** A guesser chooses the user name, so its length must not matter. */
    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
