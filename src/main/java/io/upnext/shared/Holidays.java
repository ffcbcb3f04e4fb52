package io.upnext.shared;

import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The days on which a whole country does not work; regional holidays and mere observances do not count. */
final class Holidays {

    private static final Set<String> COUNTRIES = HolidayManager.getSupportedCalendarCodes().stream()
            .filter(code -> code.length() == 2)
            .map(code -> code.toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private Holidays() {}

    /** ISO 3166-1 codes in upper case. */
    static Set<String> countries() {
        return COUNTRIES;
    }

    static boolean contain(LocalDate date, String country) {
        return HolidayManager.getInstance(ManagerParameters.create(country.toLowerCase(Locale.ROOT)))
                .getHolidays(Year.of(date.getYear()))
                .stream()
                .anyMatch(holiday -> holiday.getType() != HolidayType.OBSERVANCE
                        && (holiday.getDate().equals(date)
                                || holiday.getActualDate().equals(date)));
    }
}
