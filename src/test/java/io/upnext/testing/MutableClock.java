package io.upnext.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * A clock that stands still until a test moves it, and the engine's clock with it. There is one per JVM because the
 * engine's clock is static. Before each test of {@link UpnextTest} it is set back to {@link #START}.
 */
public final class MutableClock extends Clock {

    /** A Monday, 09:00 UTC. */
    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    static final MutableClock SHARED = new MutableClock();

    private volatile Instant now = START;

    private MutableClock() {}

    public void set(Instant instant) {
        now = instant.truncatedTo(ChronoUnit.MILLIS);
        ClockUtil.setCurrentTime(Date.from(now));
    }

    public void advance(Duration duration) {
        set(now.plus(duration));
    }

    public void reset() {
        set(START);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Zones are explicit: use clock.instant().atZone(zone)");
    }
}
