package io.upnext.security;

import static io.upnext.testing.TestUsers.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@UpnextTest
class LoginLimiterTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Api api;

    @Autowired
    TestUsers people;

    @Test
    void tooManyFailuresLockTheUserAtTheAddressUntilTheLockEnds() {
        var address = next("address");
        var limiter = at(NOW);

        fail(limiter, "anna", address, LoginLimiter.FAILURES_PER_USER);

        assertThatThrownBy(() -> limiter.check("anna", address)).isInstanceOf(TooManyAttemptsException.class);
        assertThatCode(() -> limiter.check("anna", next("address"))).doesNotThrowAnyException();
        assertThatCode(() -> limiter.check("bert", address)).doesNotThrowAnyException();
        assertThatCode(() -> at(NOW.plus(LoginLimiter.LOCK)).check("anna", address))
                .doesNotThrowAnyException();
    }

    @Test
    void failuresOverALongTimeDoNotAddUp() {
        var address = next("address");

        for (var n = 0; n < 3 * LoginLimiter.FAILURES_PER_USER; n++) {
            at(NOW.plus(Duration.ofMinutes(4L * n))).failed("anna", address);
        }

        assertThatCode(() -> at(NOW.plus(Duration.ofHours(3))).check("anna", address))
                .doesNotThrowAnyException();
    }

    @Test
    void aSuccessForgetsTheFailures() {
        var address = next("address");
        var limiter = at(NOW);

        fail(limiter, "anna", address, LoginLimiter.FAILURES_PER_USER - 1);
        limiter.succeeded("anna", address);
        fail(limiter, "anna", address, LoginLimiter.FAILURES_PER_USER - 1);

        assertThatCode(() -> limiter.check("anna", address)).doesNotThrowAnyException();
    }

    @Test
    void guessingAtManyNamesLocksTheAddressButNotWhoIsKnownThere() {
        var address = next("address");
        var limiter = at(NOW);
        limiter.succeeded("anna", address);

        for (var n = 0; n < LoginLimiter.FAILURES_PER_ADDRESS; n++) {
            limiter.failed("guess-" + n, address);
        }

        assertThatThrownBy(() -> limiter.check("somebody", address)).isInstanceOf(TooManyAttemptsException.class);
        assertThatCode(() -> limiter.check("anna", address)).doesNotThrowAnyException();
    }

    @Test
    void evenTheRightPasswordIsRefusedWhileLocked() {
        var seller = people.seller();

        for (var n = 0; n < LoginLimiter.FAILURES_PER_USER; n++) {
            assertThat(api.basic(seller.username(), "wrong").get("/me").status())
                    .isEqualTo(401);
        }

        var refused = api.as(seller).get("/me");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(api.as(people.seller()).get("/me").status()).isEqualTo(200);
    }

    private static void fail(LoginLimiter limiter, String username, String address, int times) {
        for (var n = 0; n < times; n++) {
            limiter.failed(username, address);
        }
    }

    private LoginLimiter at(Instant now) {
        return new LoginLimiter(jdbc, Clock.fixed(now, ZoneOffset.UTC));
    }
}
