package io.upnext.shared;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When mail and text messages may leave: on these days of the week from {@code from} (inclusive) to {@code to}
 * (exclusive) on the local clock, but not on days off. A {@code to} at or before {@code from} lies on the next
 * day; the opening belongs to the day it begins on.
 *
 * <p>It is open exactly while a clock on the wall shows a time inside: an hour that the clock leaves out shortens the
 * opening, and of an hour that happens twice at its edge only the one that lies inside counts.
 */
public record SendWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, Zone zone) {

    /** A year and a day without any opening: then days off no longer count, so that something is found. */
    private static final int DAYS_AHEAD = 367;

    /** Whose local time counts. */
    public enum Zone {
        RECIPIENT,
        SENDER
    }

    /** @throws IllegalArgumentException without a day */
    public SendWindow {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("A window needs at least one day of the week.");
        }
        days = Set.copyOf(days);
    }

    /** A stretch of time in which it is open; {@code end} is exclusive. */
    public record Opening(Instant start, Instant end) {

        /** What both have in common; empty where nothing. */
        public Optional<Opening> and(Opening other) {
            Instant from = start.isAfter(other.start) ? start : other.start;
            Instant to = end.isBefore(other.end) ? end : other.end;
            return from.isBefore(to) ? Optional.of(new Opening(from, to)) : Optional.empty();
        }
    }

    public boolean isOpen(Instant at, ZoneId local, Optional<String> country) {
        return next(at, local, country).start().equals(at);
    }

    /**
     * What is left of the opening at {@code at}, else the next one.
     *
     * @param country ISO 3166-1 code whose holidays count; one that is not known counts as none
     */
    public Opening next(Instant at, ZoneId local, Optional<String> country) {
        return next(at, local, DaysOff.of(country));
    }

    /** What is left of the opening at {@code at}, else the next one that begins on no day off. */
    public Opening next(Instant at, ZoneId local, DaysOff off) {
        return next(at, local, off, DAYS_AHEAD)
                .or(() -> next(at, local, DaysOff.NONE, DAYS_AHEAD))
                .orElseThrow(() -> new IllegalStateException("No opening of " + this + " follows " + at));
    }

    private Optional<Opening> next(Instant at, ZoneId local, DaysOff off, int daysAhead) {
        LocalDate today = at.atZone(local).toLocalDate();
        // Yesterday's may last beyond midnight
        for (LocalDate day = today.minusDays(1); day.isBefore(today.plusDays(daysAhead)); day = day.plusDays(1)) {
            if (!days.contains(day.getDayOfWeek())) {
                continue;
            }
            Opening opening = on(day, local);
            if (opening.end().isAfter(at) && opening.start().isBefore(opening.end()) && !off.contains(day)) {
                return Optional.of(opening.start().isBefore(at) ? new Opening(at, opening.end()) : opening);
            }
        }
        return Optional.empty();
    }

    private Opening on(LocalDate day, ZoneId local) {
        LocalDateTime opens = day.atTime(from);
        LocalDateTime closes = (to.isAfter(from) ? day : day.plusDays(1)).atTime(to);
        Opening inside = new Opening(edge(opens, local, true), edge(closes, local, false));
        return inside.start().isBefore(inside.end())
                ? inside
                : new Opening(edge(opens, local, false), edge(closes, local, false));
    }

    /** A time in a gap is the moment of the change; of a time that happens twice the later or the earlier. */
    private static Instant edge(LocalDateTime time, ZoneId local, boolean later) {
        List<ZoneOffset> offsets = local.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            return local.getRules().getTransition(time).getInstant();
        }
        return time.toInstant(offsets.get(later ? offsets.size() - 1 : 0));
    }
}
