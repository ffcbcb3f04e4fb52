package io.upnext.enrollment.audience;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.Definition.Schedule;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * When an audience is looked at as a whole. A time of day that a clock change leaves out is the moment after the gap; one
 * that comes twice is the first.
 */
final class Times {

    /** Before each run of a Classic or Smart sequence: time enough to connect thousands, so that they take part in it. */
    static final Duration AHEAD = Duration.ofMinutes(15);

    /** On change: as often everything is looked at for what no change of a record tells, such as days that pass. */
    static final Duration SWEEP = Duration.ofHours(1);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private Times() {}

    /** The next time strictly after {@code now}. */
    static Instant next(When when, Instant now, ZoneId byDefault) {
        if (when.kind() == When.Kind.ON_CHANGE) {
            return now.plus(SWEEP);
        }
        return nextAt(LocalTime.parse(when.at()), zone(when.timeZone(), byDefault), Set.of(), now);
    }

    /** Right before the next run of a Classic or Smart sequence. */
    static Instant beforeRun(Definition sequence, Instant now, ZoneId byDefault) {
        Schedule schedule = sequence.schedule();
        if (schedule == null || schedule.at() == null) {
            return now.plus(DAY);
        }
        ZoneId zone = zone(schedule.timeZone(), zone(sequence.timeZone(), byDefault));
        Set<DayOfWeek> without = Boolean.TRUE.equals(schedule.skipWeekends()) ? WEEKEND : Set.of();
        Duration every = sequence.effectiveMode() == Mode.SMART ? every(schedule) : DAY;
        Instant earliest = null;
        LocalTime first = LocalTime.parse(schedule.at());
        for (Duration after = Duration.ZERO; after.compareTo(DAY) < 0; after = after.plus(every)) {
            Instant run = nextAt(first.plus(after), zone, without, now.plus(AHEAD));
            earliest = earliest == null || run.isBefore(earliest) ? run : earliest;
        }
        return earliest.minus(AHEAD);
    }

    /** Several runs a day are looked at one by one; fewer than one a day still begin for somebody every day. */
    private static Duration every(Schedule schedule) {
        Duration every = schedule.every() == null
                ? DAY
                : Duration.ofDays(schedule.every().wholeDays())
                        .plusHours(schedule.every().wholeHours());
        return every.compareTo(Duration.ofHours(1)) < 0 ? DAY : every;
    }

    private static Instant nextAt(LocalTime at, ZoneId zone, Set<DayOfWeek> without, Instant now) {
        LocalDate day = now.atZone(zone).toLocalDate();
        while (true) {
            Instant run = ZonedDateTime.of(day, at, zone).toInstant();
            if (run.isAfter(now) && !without.contains(day.getDayOfWeek())) {
                return run;
            }
            day = day.plusDays(1);
        }
    }

    private static ZoneId zone(String name, ZoneId byDefault) {
        try {
            return name == null || name.isBlank() ? byDefault : ZoneId.of(name);
        } catch (DateTimeException e) {
            return byDefault;
        }
    }
}
