package io.upnext.messaging.pacing;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.SequenceWindow;
import io.upnext.messaging.pacing.Timetable.LocalWindow;
import io.upnext.record.CrmRecord;
import io.upnext.security.CompanyCalendar;
import io.upnext.shared.DaysOff;
import io.upnext.shared.SendWindow;
import io.upnext.shared.UserId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The windows of a mailbox and a sequence in somebody's local time: the recipient's if known, else the sequence's, else
 * the organisation's (as for waits, spec §4). Holidays count where the organisation has a country:
 * the recipient's where it is known by its code, else the organisation's. The organisation's own days off count always.
 */
@Component
public class Recipients {

    private final CompanyCalendar calendar;
    private final SenderZones zones;

    Recipients(CompanyCalendar calendar, SenderZones zones) {
        this.calendar = calendar;
        this.zones = zones;
    }

    /** @param sequence null where it has no window */
    List<LocalWindow> windows(Mailbox mailbox, SequenceWindow sequence, CrmRecord person) {
        List<LocalWindow> windows = new ArrayList<>();
        mailbox.limits().sendWindow().ifPresent(window -> windows.add(local(window, mailbox.owner(), null, person)));
        of(sequence, mailbox.owner(), person).ifPresent(windows::add);
        return windows;
    }

    /**
     * The time itself where the window of a sequence is open, else when it opens next.
     *
     * @param sequence null where it has no window
     * @param sender whose zone counts where the window asks for it or no other is known; null: the organisation's
     */
    public Instant notBefore(Instant at, SequenceWindow sequence, UserId sender, CrmRecord person) {
        return of(sequence, sender, person)
                .map(local -> local.window().next(at, local.zone(), local.off()).start())
                .orElse(at);
    }

    private Optional<LocalWindow> of(SequenceWindow sequence, UserId sender, CrmRecord person) {
        if (sequence == null || !sequence.window().mistakes().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(local(sequence.window().read(), sender, sequence.timeZone(), person));
    }

    private LocalWindow local(SendWindow window, UserId owner, String fallback, CrmRecord person) {
        ZoneId sender = zones.of(owner);
        if (window.zone() == SendWindow.Zone.SENDER) {
            return new LocalWindow(window, sender, calendar.daysOff());
        }
        ZoneId zone = zone(person.text("timeZone")).or(() -> zone(fallback)).orElseGet(zones::organisation);
        DaysOff off = calendar.daysOff();
        return new LocalWindow(
                window,
                zone,
                off.country().flatMap(own -> country(person)).map(off::in).orElse(off));
    }

    private static Optional<String> country(CrmRecord person) {
        return Optional.ofNullable(person.text("country"))
                .map(code -> code.strip().toUpperCase(Locale.ROOT))
                .filter(DaysOff.countries()::contains);
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
