package io.upnext.shared;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The public holidays of countries. Where working days are counted, only the days count on which a whole country does
 * not work; regional holidays and mere observances do not.
 */
public final class Holidays {

    private static final Set<String> COUNTRIES = HolidayManager.getSupportedCalendarCodes().stream()
            .filter(code -> code.length() == 2)
            .map(code -> code.toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private Holidays() {}

    /** One holiday. @param name in the language asked for */
    public record Named(LocalDate date, String name) {}

    /** ISO 3166-1 codes in upper case. */
    public static Set<String> countries() {
        return COUNTRIES;
    }

    static boolean contain(LocalDate date, String country) {
        return manager(country).getHolidays(Year.of(date.getYear())).stream()
                .anyMatch(holiday -> counts(holiday)
                        && (holiday.getDate().equals(date)
                                || holiday.getActualDate().equals(date)));
    }

    /**
     * The holidays of a year in the order of their dates; those of a region are the country's and its own.
     *
     * @param region a code of {@link #regions}, or null for the whole country
     */
    public static List<Named> of(String country, String region, int year, Locale language) {
        Set<Holiday> found = region == null
                ? manager(country).getHolidays(Year.of(year))
                : manager(country).getHolidays(Year.of(year), region.toLowerCase(Locale.ROOT));
        return found.stream()
                .filter(Holidays::counts)
                .map(holiday -> new Named(holiday.getDate(), holiday.getDescription(language)))
                .distinct()
                .sorted(Comparator.comparing(Named::date).thenComparing(Named::name))
                .toList();
    }

    /** The parts of a country with holidays of their own: names by code, in upper case. */
    public static Map<String, String> regions(String country, Locale language) {
        Map<String, String> regions = new TreeMap<>();
        hierarchy(country).ifPresent(root -> root.getChildren()
                .forEach((code, part) -> regions.put(code.toUpperCase(Locale.ROOT), part.getDescription(language))));
        return regions;
    }

    private static Optional<CalendarHierarchy> hierarchy(String country) {
        return Optional.ofNullable(manager(country).getCalendarHierarchy());
    }

    private static boolean counts(Holiday holiday) {
        return holiday.getType() != HolidayType.OBSERVANCE;
    }

    private static HolidayManager manager(String country) {
        return HolidayManager.getInstance(ManagerParameters.create(country.toLowerCase(Locale.ROOT)));
    }
}
