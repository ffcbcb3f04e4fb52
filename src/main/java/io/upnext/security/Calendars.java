package io.upnext.security;

import io.upnext.shared.Holidays;
import io.upnext.shared.Holidays.Named;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The calendars one can look at: of each country, of the parts of it, and the organisation's own. */
@Component
public class Calendars {

    /** The code of the organisation's own days off. */
    public static final String COMPANY = "company";

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2200;

    private final CompanyCalendar company;
    private final Settings settings;

    Calendars(CompanyCalendar company, Settings settings) {
        this.company = company;
        this.settings = settings;
    }

    /** @param inUse is it the organisation's? */
    public record Country(String code, String name, boolean inUse) {}

    /** A part of a country with holidays of its own. */
    public record Region(String code, String name) {}

    /** @param inUse do its days count where working days are counted? */
    public record Calendar(String code, String name, boolean inUse, int year, List<Named> days, List<Region> regions) {}

    /** By name, in the language asked for. */
    public List<Country> countries(Locale language) {
        return Holidays.countries().stream()
                .map(code -> new Country(code, name(code, language), isOurs(code)))
                .sorted(Comparator.comparing(Country::name, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    /**
     * @param code of a country ({@code DE}), a part of it ({@code DE-BY}) or {@link #COMPANY}
     * @throws NotFoundException where nothing is known of it
     */
    public Calendar get(String code, int year, Locale language) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new InvalidException("Calendars are known from " + FIRST_YEAR + " to " + LAST_YEAR + ".");
        }
        if (code.equalsIgnoreCase(COMPANY)) {
            return new Calendar(COMPANY, COMPANY, true, year, ofCompany(year), List.of());
        }
        String[] parts = code.toUpperCase(Locale.ROOT).split("-", 2);
        String country =
                Optional.of(parts[0]).filter(Holidays.countries()::contains).orElseThrow(() -> unknown(code));
        Map<String, String> regions = Holidays.regions(country, language);
        if (parts.length == 1) {
            return new Calendar(
                    country,
                    name(country, language),
                    isOurs(country),
                    year,
                    Holidays.of(country, null, year, language),
                    regions.entrySet().stream()
                            .map(region -> new Region(country + "-" + region.getKey(), region.getValue()))
                            .toList());
        }
        String region = Optional.ofNullable(regions.get(parts[1])).orElseThrow(() -> unknown(code));
        List<Named> days = Holidays.of(country, parts[1], year, language);
        return new Calendar(country + "-" + parts[1], region, false, year, days, List.of());
    }

    private List<Named> ofCompany(int year) {
        return company.own().stream()
                .flatMap(holiday -> holiday.days().in(year).map(day -> new Named(day, holiday.name())))
                .sorted(Comparator.comparing(Named::date).thenComparing(Named::name))
                .toList();
    }

    private boolean isOurs(String code) {
        return settings.country().filter(code::equalsIgnoreCase).isPresent();
    }

    private static String name(String code, Locale language) {
        return new Locale("", code).getDisplayCountry(language);
    }

    private static NotFoundException unknown(String code) {
        return new NotFoundException(
                "No calendar is known for '" + (code.length() > 20 ? code.substring(0, 20) + "…" : code) + "'.");
    }
}
