package io.upnext.record;

import io.upnext.shared.filter.Moments;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as people and spreadsheets write them: 2025-01-31, with a time behind, 31.1.2025, 1/31/2025 or 31/1/2025. */
final class WrittenDates {

    private static final Pattern ISO = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})([T ]\\d{2}:\\d{2}.*)?");
    private static final Pattern DOTS = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})");
    private static final Pattern SLASHES = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})");

    private WrittenDates() {}

    /** @param dayFirst how to read two numbers before slashes */
    static Optional<LocalDate> read(String text, boolean dayFirst) {
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            return Moments.date(iso.group(1));
        }
        Matcher dots = DOTS.matcher(text);
        if (dots.matches()) {
            return date(dots, 2, 1);
        }
        Matcher slashes = SLASHES.matcher(text);
        return slashes.matches() ? date(slashes, dayFirst ? 2 : 1, dayFirst ? 1 : 2) : Optional.empty();
    }

    /** Can the text only be a date whose day comes first, such as 31/1/2025? */
    static boolean isDayFirst(String text) {
        Matcher slashes = SLASHES.matcher(text.strip());
        return slashes.matches() && Integer.parseInt(slashes.group(1)) > 12 && Integer.parseInt(slashes.group(2)) <= 12;
    }

    private static Optional<LocalDate> date(Matcher written, int month, int day) {
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(written.group(3)),
                    Integer.parseInt(written.group(month)),
                    Integer.parseInt(written.group(day))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
