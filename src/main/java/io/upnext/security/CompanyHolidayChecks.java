package io.upnext.security;

import io.upnext.shared.CompanyHolidayId;
import io.upnext.shared.DaysOff;
import io.upnext.shared.InvalidException;
import io.upnext.shared.OwnHoliday;
import io.upnext.shared.Problem;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What days off of an organisation have to keep to. Working days must be left, or nothing that counts them would end. */
final class CompanyHolidayChecks {

    private static final int MAX_NAME = 100;
    private static final int MAX_DAYS = 60;
    private static final int MAX_A_YEAR = 120;
    private static final int MAX_ENTRIES = 500;

    private CompanyHolidayChecks() {}

    /** @throws InvalidException with a problem for each thing that is wrong; its rule is the name of the member */
    static CompanyHoliday check(
            CompanyHolidayId id,
            String name,
            LocalDate from,
            LocalDate to,
            boolean everyYear,
            List<CompanyHoliday> others) {
        List<Problem> problems = new ArrayList<>();
        if (name == null || name.isBlank() || name.strip().length() > MAX_NAME || name.indexOf('\0') >= 0) {
            problems.add(Problem.error("name", "Company holidays need a name of at most " + MAX_NAME + " characters."));
        }
        if (from == null || !plausible(from) || !plausible(to)) {
            problems.add(Problem.error("from", "Company holidays need a first day such as 2026-12-24."));
        } else if (to.isBefore(from)) {
            problems.add(Problem.error("to", "The last day lies before the first; choose a later one."));
        } else if (from.plusDays(MAX_DAYS).isBefore(to.plusDays(1))) {
            problems.add(Problem.error(
                    "to", "Company holidays last " + MAX_DAYS + " days at most; choose an earlier last day."));
        } else {
            tooMany(new OwnHoliday(from, to, everyYear), others).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(
                    String.join(" ", problems.stream().map(Problem::message).toList()), problems);
        }
        return new CompanyHoliday(id, name.strip(), from, to, everyYear);
    }

    private static boolean plausible(LocalDate day) {
        return day.getYear() >= 1900 && day.getYear() <= 9_000;
    }

    private static Optional<Problem> tooMany(OwnHoliday added, List<CompanyHoliday> others) {
        if (others.size() >= MAX_ENTRIES) {
            return Optional.of(Problem.error(
                    "from", "There are " + MAX_ENTRIES + " company holidays already; remove some of the past first."));
        }
        List<OwnHoliday> all = Stream.concat(Stream.of(added), others.stream().map(CompanyHoliday::days))
                .toList();
        DaysOff off = new DaysOff(Optional.empty(), all);
        return years(all).stream()
                .filter(year -> in(year, off) > MAX_A_YEAR)
                .findFirst()
                .map(year -> Problem.error(
                        "to",
                        "Then the company would be closed on more than " + MAX_A_YEAR + " days of " + year
                                + "; choose fewer."));
    }

    /** Every year in which something begins or ends, and one after all of them. */
    private static Set<Integer> years(List<OwnHoliday> all) {
        Set<Integer> years = new TreeSet<>();
        all.forEach(days -> years.addAll(
                List.of(days.from().getYear(), days.to().getYear(), days.to().getYear() + 1)));
        return years;
    }

    private static long in(int year, DaysOff off) {
        return Year.of(year)
                .atDay(1)
                .datesUntil(Year.of(year + 1).atDay(1))
                .filter(off::contains)
                .count();
    }
}
