package io.upnext.worklist.web;

import io.upnext.shared.UnprocessableException;
import io.upnext.worklist.web.WorkItem.Preset;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.springframework.stereotype.Component;

/** The times one usually puts a step off to, in the seller's zone. */
@Component
class Snoozes {

    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final Clock clock;

    Snoozes(Clock clock) {
        this.clock = clock;
    }

    List<Preset> presets(ZoneId zone) {
        ZonedDateTime now = clock.instant().atZone(zone);
        return List.of(
                new Preset("hour", now.toInstant().plus(Duration.ofHours(1))),
                new Preset("tomorrow", morning(now.plusDays(1))),
                new Preset("threeDays", morning(now.plusDays(3))),
                new Preset("monday", morning(now.with(TemporalAdjusters.next(DayOfWeek.MONDAY)))));
    }

    private static Instant morning(ZonedDateTime day) {
        return day.with(MORNING).toInstant();
    }

    /** Reads a preset's key or what a date-and-time field sends, which is local to the zone. */
    Instant read(String preset, String local, ZoneId zone) {
        if (preset != null && !preset.isBlank()) {
            return presets(zone).stream()
                    .filter(known -> known.key().equals(preset))
                    .map(Preset::until)
                    .findFirst()
                    .orElseThrow(() -> new UnprocessableException("Choose until when to put the step off."));
        }
        try {
            return LocalDateTime.parse(local == null ? "" : local).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new UnprocessableException("Choose until when to put the step off.");
        }
    }
}
