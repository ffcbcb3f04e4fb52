package io.upnext.enrollment.audience;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.Definition.Schedule;
import io.upnext.sequence.Span;
import io.upnext.shared.DaySchedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.stream.LongStream;

/**
 * When an audience is looked at as a whole. A time of day that a clock change leaves out moves on by the length of
 * the gap; one that comes twice is the first ({@link DaySchedule}).
 */
final class Times {

    /** Before each run of a Classic or Smart sequence: time enough to connect thousands, so that they take part in it. */
    static final Duration AHEAD = Duration.ofMinutes(15);

    /** On change: as often everything is looked at for what no change of a record tells, such as days that pass. */
    static final Duration SWEEP = Duration.ofHours(1);

    private static final long HOURS_OF_A_DAY = 24;

    private Times() {}

    /** The next time strictly after {@code now}. */
    static Instant next(When when, Instant now, ZoneId byDefault) {
        if (when.kind() == When.Kind.ON_CHANGE) {
            return now.plus(SWEEP);
        }
        return new DaySchedule(LocalTime.parse(when.at()), zone(when.timeZone(), byDefault), false).next(now);
    }

    /** Right before the next time at which a run of a Classic or Smart sequence can be. */
    static Instant beforeRun(Definition sequence, Instant now, ZoneId byDefault) {
        Schedule schedule = sequence.schedule();
        if (schedule == null || schedule.at() == null) {
            return now.plus(SWEEP);
        }
        ZoneId zone = zone(schedule.timeZone(), zone(sequence.timeZone(), byDefault));
        LocalTime first = LocalTime.parse(schedule.at());
        Instant from = now.plus(AHEAD);
        return LongStream.iterate(0, hours -> hours < HOURS_OF_A_DAY, hours -> hours + step(sequence))
                .mapToObj(first::plusHours)
                .map(at -> new DaySchedule(at, zone, Boolean.TRUE.equals(schedule.skipWeekends())).next(from))
                .min(Instant::compareTo)
                .orElseThrow()
                .minus(AHEAD);
    }

    /** Somebody begins every day at the schedule's time; an interval of hours spreads the later runs over the day. */
    private static long step(Definition sequence) {
        Span every = sequence.schedule().every();
        long hours = sequence.effectiveMode() == Mode.SMART && every != null ? every.wholeHours() : 0;
        long of = HOURS_OF_A_DAY;
        while (hours > 0) {
            long rest = of % hours;
            of = hours;
            hours = rest;
        }
        return of;
    }

    private static ZoneId zone(String name, ZoneId byDefault) {
        try {
            return name == null || name.isBlank() ? byDefault : ZoneId.of(name.strip());
        } catch (DateTimeException e) {
            return byDefault;
        }
    }
}
