package io.upnext.shared;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/**
 * Days on which an organisation does not work, whatever its country does: from one day to another, both included.
 *
 * @param everyYear also in every later year, from the same day of the year on for as many days; what begins on 29
 *     February begins on the 28th where there is none
 */
public record OwnHoliday(LocalDate from, LocalDate to, boolean everyYear) {

    /** @throws IllegalArgumentException where it ends before it begins */
    public OwnHoliday {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("Days off end on " + to + ", before they begin on " + from + ".");
        }
    }

    /** How many days it lasts. */
    public long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    /** Its days of one year, in order. */
    public Stream<LocalDate> in(int year) {
        return LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1)).filter(this::contains);
    }

    boolean contains(LocalDate date) {
        if (date.isBefore(from)) {
            return false;
        }
        if (!everyYear) {
            return !date.isAfter(to);
        }
        int years = date.getYear() - from.getYear();
        // What begins at the end of a year may last into the next
        return isIn(date, years) || (years > 0 && isIn(date, years - 1));
    }

    private boolean isIn(LocalDate date, int years) {
        LocalDate begins = from.plusYears(years);
        return !date.isBefore(begins) && date.isBefore(begins.plusDays(days()));
    }
}
