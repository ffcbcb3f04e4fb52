package io.upnext.messaging.sending;

import io.upnext.messaging.pacing.SenderZones;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** The day a mail counts for that leaves at one moment: all caps go by the organisation's days. */
record Days(Instant now, SenderZones zones) {

    LocalDate organisation() {
        return now.atZone(zones.organisation()).toLocalDate();
    }

    @Component
    static class Today {

        private final SenderZones zones;
        private final Clock clock;

        Today(SenderZones zones, Clock clock) {
            this.zones = zones;
            this.clock = clock;
        }

        Days now() {
            return new Days(clock.instant(), zones);
        }
    }
}
