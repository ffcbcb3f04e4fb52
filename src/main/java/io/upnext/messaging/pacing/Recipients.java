package io.upnext.messaging.pacing;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.SequenceWindow;
import io.upnext.messaging.pacing.Timetable.LocalWindow;
import io.upnext.record.CrmRecord;
import io.upnext.security.Settings;
import io.upnext.shared.SendWindow;
import io.upnext.shared.WorkingTime;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The windows of a mailbox and a sequence in somebody's local time: the recipient's if known, else the sequence's, else
 * the organisation's (as for waits, spec §4). Holidays count where the organisation has a country:
 * the recipient's where it is known by its code, else the organisation's.
 */
@Component
class Recipients {

    private final Settings settings;
    private final SenderZones zones;

    Recipients(Settings settings, SenderZones zones) {
        this.settings = settings;
        this.zones = zones;
    }

    /** @param sequence null where it has no window */
    List<LocalWindow> windows(Mailbox mailbox, SequenceWindow sequence, CrmRecord person) {
        List<LocalWindow> windows = new ArrayList<>();
        mailbox.limits().sendWindow().ifPresent(window -> windows.add(local(window, mailbox, null, person)));
        if (sequence != null && sequence.window().mistakes().isEmpty()) {
            windows.add(local(sequence.window().read(), mailbox, sequence.timeZone(), person));
        }
        return windows;
    }

    private LocalWindow local(SendWindow window, Mailbox mailbox, String fallback, CrmRecord person) {
        ZoneId sender = zones.of(mailbox.owner());
        if (window.zone() == SendWindow.Zone.SENDER) {
            return new LocalWindow(window, sender, settings.country());
        }
        ZoneId zone = zone(person.text("timeZone")).or(() -> zone(fallback)).orElseGet(zones::organisation);
        return new LocalWindow(
                window, zone, settings.country().map(own -> country(person).orElse(own)));
    }

    private static Optional<String> country(CrmRecord person) {
        return Optional.ofNullable(person.text("country"))
                .map(code -> code.strip().toUpperCase(Locale.ROOT))
                .filter(WorkingTime.countries()::contains);
    }

    /** A record may carry any text here; what is no zone counts as not known. */
    private static Optional<ZoneId> zone(String name) {
        try {
            return name == null || name.isBlank() ? Optional.empty() : Optional.of(ZoneId.of(name.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
