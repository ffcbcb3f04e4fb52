package io.upnext.demo.web;

import io.upnext.shared.InvalidException;
import java.time.DateTimeException;
import java.time.Duration;

/** Reads by how much the clock is to go forward. */
final class Advances {

    private static final Duration LONGEST = Duration.ofDays(400);

    private Advances() {}

    /** @throws InvalidException unless it is a duration such as {@code P2D} or {@code PT90M}, above 0 and at most 400 days */
    static Duration read(String text) {
        Duration by = parse(text);
        if (by.isNegative() || by.isZero() || by.compareTo(LONGEST) > 0) {
            throw new InvalidException("'advance' must lie above 0 and be at most P400D; the clock never goes back.");
        }
        return by;
    }

    private static Duration parse(String text) {
        try {
            String upper = text == null ? "" : text.strip().toUpperCase(java.util.Locale.ROOT);
            return upper.matches("P\\d{1,4}W") ? weeks(upper) : Duration.parse(upper);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidException(
                    "'advance' must be an ISO-8601 duration of days or less such as 'P2D', 'P1W' or 'PT4H'.");
        }
    }

    private static Duration weeks(String text) {
        return Duration.ofDays(7L * Integer.parseInt(text.substring(1, text.length() - 1)));
    }
}
