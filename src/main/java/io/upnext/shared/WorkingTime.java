package io.upnext.shared;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * When people work: on these days of the week, from {@code from} (inclusive) to {@code to} (exclusive) of the local
 * day, but not on days off. The time zone comes with each question, since it is the recipient's.
 */
public record WorkingTime(Set<DayOfWeek> days, LocalTime from, LocalTime to, DaysOff off) {

    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    /** @throws IllegalArgumentException without a day, or with an end that is not after its beginning */
    public WorkingTime {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("Working time needs at least one day of the week.");
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("Working time must end after it begins: " + from + " to " + to + ".");
        }
        days = Set.copyOf(days);
    }

    /**
     * @param country an ISO 3166-1 code, one of {@link #countries()}; empty: no holidays
     * @throws IllegalArgumentException also for a country unknown
     */
    public WorkingTime(Set<DayOfWeek> days, LocalTime from, LocalTime to, Optional<String> country) {
        this(days, from, to, DaysOff.of(country));
        if (country.isPresent() && off.country().isEmpty()) {
            throw new IllegalArgumentException("No holidays are known for the country " + country.get() + ".");
        }
    }

    /** Monday to Friday, 09:00 to 17:00. */
    public static WorkingTime weekdays(Optional<String> country) {
        return new WorkingTime(WEEKDAYS, LocalTime.of(9, 0), LocalTime.of(17, 0), country);
    }

    /** Monday to Friday, 09:00 to 17:00, but on days off. */
    public static WorkingTime weekdays(DaysOff off) {
        return new WorkingTime(WEEKDAYS, LocalTime.of(9, 0), LocalTime.of(17, 0), off);
    }

    /** The ISO 3166-1 codes of the countries whose holidays are known, in upper case. */
    public static Set<String> countries() {
        return Holidays.countries();
    }

    /** Whether it is one of the days of the week and no day off. */
    public boolean isWorkingDay(LocalDate date) {
        return days.contains(date.getDayOfWeek()) && !off.contains(date);
    }

    boolean covers(LocalTime time) {
        return !time.isBefore(from) && time.isBefore(to);
    }
}
