package io.upnext.shared;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * Once a day at the same local time: what the Classic and Smart modes count in. Every date has its time: where the clock
 * goes forward over it, the time moves on by the length of the gap; where the clock goes back and the time happens twice,
 * the first one is meant.
 *
 * @param at whole seconds
 * @param skipWeekends what falls on a Saturday or Sunday happens on the Monday after
 */
public record DaySchedule(LocalTime at, ZoneId zone, boolean skipWeekends) {

    public DaySchedule {
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The date of the first such time that is not before {@code connected}: day 1, a weekend's day included. */
    public LocalDate dayOne(Instant connected) {
        LocalDate date = dayBefore(connected);
        while (timeOn(date).isBefore(connected)) {
            date = date.plusDays(1);
        }
        return date;
    }

    /** When what belongs to the day is due; moving it off a weekend moves no other day. */
    public Instant on(LocalDate dayOne, int day) {
        return workdayTime(dayOne.plusDays(day - 1L));
    }

    /**
     * Day 1 for somebody who gets to the day only now: where its date has passed, as many days later as it takes for the
     * time to lie ahead, so that the days after it keep their distance and nothing is made up for in a rush.
     */
    public LocalDate caughtUp(LocalDate dayOne, int day, Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate moved = dayOne;
        if (on(dayOne, day).atZone(zone).toLocalDate().isBefore(today)) {
            while (on(moved, day).isBefore(now)) {
                moved = moved.plusDays(1);
            }
        }
        return moved;
    }

    /** How many such times are later than {@code since} and not later than {@code until}. */
    public int timesBetween(Instant since, Instant until) {
        return (int) ChronoUnit.DAYS.between(firstAfter(since), firstAfter(until));
    }

    Instant timeOn(LocalDate date) {
        return date.atTime(at).atZone(zone).toInstant();
    }

    /** The time on the date, or on the Monday after; a gap may carry it over midnight into a weekend. */
    Instant workdayTime(LocalDate date) {
        LocalDate landed = timeOn(date).atZone(zone).toLocalDate();
        LocalDate moved = offWeekend(landed);
        return moved.equals(landed) ? timeOn(date) : timeOn(moved);
    }

    LocalDate offWeekend(LocalDate date) {
        boolean weekend = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
        return skipWeekends && weekend ? date.with(TemporalAdjusters.next(DayOfWeek.MONDAY)) : date;
    }

    /** The first such time later than {@code instant}, off weekends. */
    public Instant next(Instant instant) {
        return workdayTime(firstAfter(instant));
    }

    private LocalDate firstAfter(Instant instant) {
        LocalDate date = dayBefore(instant);
        while (!timeOn(date).isAfter(instant)) {
            date = date.plusDays(1);
        }
        return date;
    }

    /** A gap at midnight moves a late time into the next day, so looking begins a day early. */
    private LocalDate dayBefore(Instant instant) {
        return instant.atZone(zone).toLocalDate().minusDays(1);
    }
}
