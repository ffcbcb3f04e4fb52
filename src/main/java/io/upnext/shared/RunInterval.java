package io.upnext.shared;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;

/**
 * The runs of the Smart mode: the first at the schedule's time of day, each next one an interval after the one before it.
 * An interval of whole days keeps the time of day; with hours it is counted as waits are, days first. A run that falls on
 * a skipped weekend moves to Monday, and the count goes on from there.
 *
 * @param days at least 0; with {@code hours} at least one hour in all
 */
public record RunInterval(DaySchedule schedule, int days, int hours) {

    public RunInterval {
        if (days < 0 || hours < 0 || days + hours == 0) {
            throw new IllegalArgumentException(
                    "Runs lie at least an hour apart, not " + days + " days, " + hours + " hours.");
        }
    }

    public Instant first(Instant connected) {
        return schedule.on(schedule.dayOne(connected), 1);
    }

    public Instant next(Instant run) {
        if (hours == 0) {
            return schedule.workdayTime(date(run).plusDays(days));
        }
        return offWeekend(BusinessCalendar.after(run, days, hours, schedule.zone()));
    }

    /** The first run of the count after {@code run} that is not before {@code now}: what was missed is not made up for. */
    public Instant nextNotBefore(Instant run, Instant now) {
        Instant next = next(run);
        while (next.isBefore(now)) {
            next = next(next);
        }
        return next;
    }

    /**
     * When a run takes place after a pause: in whole days as many of them later as the schedule's time passed during the
     * pause, else later by its length.
     */
    public Instant postponed(Instant run, Instant since, Instant until) {
        if (hours == 0) {
            return schedule.workdayTime(date(run).plusDays(schedule.timesBetween(since, until)));
        }
        return offWeekend(run.plus(Duration.between(since, until)));
    }

    private LocalDate date(Instant run) {
        return run.atZone(schedule.zone()).toLocalDate();
    }

    private Instant offWeekend(Instant run) {
        ZonedDateTime local = run.atZone(schedule.zone());
        LocalDate moved = schedule.offWeekend(local.toLocalDate());
        return moved.equals(local.toLocalDate()) ? run : local.with(moved).toInstant();
    }
}
