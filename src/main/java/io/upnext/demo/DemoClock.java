package io.upnext.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The product's time in the demo: the machine's, and as much ahead of it as somebody has fast-forwarded. */
class DemoClock extends Clock {

    private final Clock realTime;
    private final DemoTables tables;
    private volatile Duration ahead;

    DemoClock(Clock realTime, DemoTables tables) {
        this.realTime = realTime;
        this.tables = tables;
        this.ahead = tables.ahead();
    }

    Duration ahead() {
        return ahead;
    }

    /** Goes forward to a time, never back; kept, so that a restart goes on from there. */
    synchronized void moveTo(Instant time) {
        var further = Duration.between(instant(), time);
        if (!further.isNegative() && !further.isZero()) {
            var next = ahead.plus(further);
            tables.keepAhead(next);
            ahead = next;
        }
    }

    @Override
    public Instant instant() {
        return realTime.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return realTime.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        var here = this;
        return new Clock() {
            @Override
            public Instant instant() {
                return here.instant();
            }

            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return here.withZone(other);
            }
        };
    }
}
