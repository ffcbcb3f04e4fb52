package io.upnext.messaging.sending;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.pacing.SenderZones;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** The days a mail counts for that leaves at one moment: its mailbox's and the organisation's. */
record Days(Instant now, SenderZones zones) {

    LocalDate of(Mailbox mailbox) {
        return now.atZone(zones.of(mailbox.owner())).toLocalDate();
    }

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
