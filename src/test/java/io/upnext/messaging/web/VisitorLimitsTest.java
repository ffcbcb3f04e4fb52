package io.upnext.messaging.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisitorLimitsTest {

    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-03-03T09:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Hand clock = new Hand();
    private final VisitorLimits limits = new VisitorLimits(clock);

    private long allowed(String address, int asked) {
        return IntStream.range(0, asked).filter(i -> limits.allows(address)).count();
    }

    @Test
    void aFloodFromOneAddressIsTurnedAwayAndOthersAreServed() {
        assertThat(allowed("192.0.2.1", 5_000)).isEqualTo(1_000);
        assertThat(allowed("192.0.2.2", 10)).isEqualTo(10);
    }

    @Test
    void whoWaitsMayAskAgain() {
        allowed("192.0.2.1", 2_000);

        clock.now = clock.now.plusSeconds(2);

        assertThat(allowed("192.0.2.1", 500)).isEqualTo(100);
    }

    @Test
    void addressesOfOneNetworkCountTogether() {
        assertThat(allowed("2001:db8:1:2:3:4:5:6", 800) + allowed("2001:db8:1:2:9:9:9:9", 800))
                .isEqualTo(1_000);
        assertThat(allowed("2001:db8:1:3:3:4:5:6", 800)).isEqualTo(800);
    }

    @Test
    void memoryIsBounded() {
        IntStream.range(0, 50_000)
                .forEach(i -> limits.allows("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)));

        assertThat(limits.size()).isEqualTo(20_000);
    }
}
