package io.upnext.shared;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * When people work: on these days of the week, from {@code from} (inclusive) to {@code to} (exclusive) of the local
 * day, but not on the public holidays of the country. The time zone comes with each question, since it is the
 * recipient's.
 *
 * @param country an ISO 3166-1 code in upper case, one of {@link #countries()}; empty: no holidays
 */
public record WorkingTime(Set<DayOfWeek> days, LocalTime from, LocalTime to, Optional<String> country) {

    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    /** @throws IllegalArgumentException without a day, with an end that is not after its beginning, or for a country unknown */
    public WorkingTime {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("Working time needs at least one day of the week.");
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("Working time must end after it begins: " + from + " to " + to + ".");
        }
        days = Set.copyOf(days);
        country = country.map(code -> code.toUpperCase(Locale.ROOT));
        country.filter(code -> !Holidays.countries().contains(code)).ifPresent(code -> {
            throw new IllegalArgumentException("No holidays are known for the country " + code + ".");
        });
    }

    /** Monday to Friday, 09:00 to 17:00. */
    public static WorkingTime weekdays(Optional<String> country) {
        return new WorkingTime(WEEKDAYS, LocalTime.of(9, 0), LocalTime.of(17, 0), country);
    }

    /** The ISO 3166-1 codes of the countries whose holidays are known, in upper case. */
    public static Set<String> countries() {
        return Holidays.countries();
    }

    /** Whether it is one of the days of the week and no public holiday. */
    public boolean isWorkingDay(LocalDate date) {
        return days.contains(date.getDayOfWeek())
                && country.filter(code -> Holidays.contain(date, code)).isEmpty();
    }

    boolean covers(LocalTime time) {
        return !time.isBefore(from) && time.isBefore(to);
    }
}
