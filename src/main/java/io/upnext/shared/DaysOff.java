package io.upnext.shared;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The days on which nobody works, weekends aside: the public holidays of a country and the organisation's own days off.
 *
 * @param country an ISO 3166-1 code; one whose holidays are not known counts as none
 */
public record DaysOff(Optional<String> country, List<OwnHoliday> own) {

    public static final DaysOff NONE = new DaysOff(Optional.empty(), List.of());

    public DaysOff {
        country = country.map(code -> code.toUpperCase(Locale.ROOT)).filter(countries()::contains);
        own = List.copyOf(own);
    }

    /** A country's public holidays alone. */
    public static DaysOff of(Optional<String> country) {
        return new DaysOff(country, List.of());
    }

    /** The ISO 3166-1 codes of the countries whose holidays are known, in upper case. */
    public static Set<String> countries() {
        return Holidays.countries();
    }

    public boolean contains(LocalDate date) {
        return own.stream().anyMatch(days -> days.contains(date))
                || country.filter(code -> Holidays.contain(date, code)).isPresent();
    }

    /** The same own days off with another country's holidays. */
    public DaysOff in(String other) {
        return new DaysOff(Optional.of(other), own);
    }
}
