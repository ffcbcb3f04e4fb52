package io.upnext.shared;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The arithmetic of waits. All of it happens on the calendar of the zone given, days first and hours after; days keep
 * the local time, hours are exact lengths of time.
 *
 * <p>Where the clock goes forward and a local time does not exist, it moves on by the length of the gap (02:30 becomes
 * 03:30). Where the clock goes back and a local time happens twice, the one with the offset of the starting point is
 * meant, and the earlier one where neither has it.
 */
public final class BusinessCalendar {

    private BusinessCalendar() {}

    /**
     * Elapsed time: so many days on the calendar, each of them as long as it is, and then so many hours.
     *
     * @param days at least 0
     * @param hours at least 0
     */
    public static Instant after(Instant from, int days, int hours, ZoneId zone) {
        requireForward(days, hours);
        return from.atZone(zone).plusDays(days).toInstant().plus(Duration.ofHours(hours));
    }

    /**
     * Working days: the given number of working days is counted, starting with the day after {@code from}, whatever
     * day that is itself. So Wednesday 10:00 and three days is Monday 10:00, and Saturday 10:00 and one day is Monday
     * 10:00. Then the hours pass, nights included. What comes out is moved on to the next opening unless it lies within
     * working time; closing time itself no longer does.
     *
     * <p>A start on a day off keeps its time of day as well, so that somebody who starts on Saturday at noon is done
     * before somebody who started on Friday evening: the day counted is Monday for both, and the evening is too late.
     *
     * <p>Without days, only that last rule is left: Friday 16:00 and two hours is Monday 09:00.
     *
     * @param days at least 0
     * @param hours at least 0
     * @return never before {@code from}, and always within working time
     */
    public static Instant afterWorkingDays(Instant from, int days, int hours, ZoneId zone, WorkingTime working) {
        requireForward(days, hours);
        ZonedDateTime start = from.atZone(zone);
        ZonedDateTime counted = start.with(countOn(start.toLocalDate(), days, working));
        return open(counted.plus(Duration.ofHours(hours)), working).toInstant();
    }

    private static LocalDate countOn(LocalDate from, int days, WorkingTime working) {
        LocalDate date = from;
        for (int left = days; left > 0; left--) {
            date = nextWorkingDay(date, working);
        }
        return date;
    }

    private static LocalDate nextWorkingDay(LocalDate after, WorkingTime working) {
        LocalDate date = after.plusDays(1);
        while (!working.isWorkingDay(date)) {
            date = date.plusDays(1);
        }
        return date;
    }

    private static ZonedDateTime open(ZonedDateTime time, WorkingTime working) {
        ZonedDateTime candidate = time;
        while (!isOpen(candidate, working)) {
            candidate = nextOpening(candidate, working);
        }
        return candidate;
    }

    private static boolean isOpen(ZonedDateTime time, WorkingTime working) {
        return working.isWorkingDay(time.toLocalDate()) && working.covers(time.toLocalTime());
    }

    private static ZonedDateTime nextOpening(ZonedDateTime time, WorkingTime working) {
        LocalDate today = time.toLocalDate();
        boolean opensToday = working.isWorkingDay(today) && time.toLocalTime().isBefore(working.from());
        return time.with(opensToday ? today : nextWorkingDay(today, working)).with(working.from());
    }

    private static void requireForward(int days, int hours) {
        if (days < 0 || hours < 0) {
            throw new IllegalArgumentException(
                    "A wait cannot go back in time: " + days + " days, " + hours + " hours.");
        }
    }
}
