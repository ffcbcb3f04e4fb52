package io.upnext.shared.filter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a date or an instant written in a filter means for a stored instant: a date is the whole day in the zone, an
 * instant is itself. Both ends are inclusive, to the microsecond, which is what the database keeps.
 */
public record Moments(Instant first, Instant last) {

    /** Reads {@code 2024-05-01} or {@code 2024-05-01T10:00:00Z}; empty where the value is neither. */
    public static Optional<Moments> of(Object value, ZoneId zone) {
        if (!(value instanceof String text)) {
            return Optional.empty();
        }
        return date(text).map(day -> day(day, zone)).or(() -> instant(text).map(at -> new Moments(at, at)));
    }

    /** Reads an ISO date with a year of four digits. */
    public static Optional<LocalDate> date(String text) {
        if (text.length() != 10) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Moments day(LocalDate day, ZoneId zone) {
        Instant next = day.plusDays(1).atStartOfDay(zone).toInstant();
        return new Moments(day.atStartOfDay(zone).toInstant(), next.minus(1, ChronoUnit.MICROS));
    }

    private static Optional<Instant> instant(String text) {
        try {
            OffsetDateTime at = OffsetDateTime.parse(text);
            boolean plausible = at.getYear() > 0 && at.getYear() < 10000;
            return plausible ? Optional.of(at.toInstant().truncatedTo(ChronoUnit.MICROS)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
