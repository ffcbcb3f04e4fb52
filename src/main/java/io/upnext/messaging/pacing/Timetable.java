package io.upnext.messaging.pacing;

import io.upnext.messaging.pacing.Taken.Slot;
import io.upnext.shared.DaysOff;
import io.upnext.shared.SendWindow;
import io.upnext.shared.SendWindow.Opening;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Gives mails of one mailbox their times, one after another: each the earliest inside all its windows, on a day with
 * room, with the gap to its neighbours. Pure arithmetic on what is {@link Taken}.
 */
final class Timetable {

    /** Nothing is promised further ahead. */
    static final Duration HORIZON = Duration.ofDays(366);

    private final Instant now;
    private final ZoneId zone;
    private final ZoneId organisationZone;
    private final Caps.InForce limits;
    private final Taken taken;
    private final RandomGenerator random;
    private final Set<LocalDate> full = new HashSet<>();
    /** Where the last one with the same windows was placed: so that a long backlog is not walked through each time. */
    private final Map<List<LocalWindow>, Instant> placed = new HashMap<>();

    /** @param zone in which the mailbox's days begin */
    Timetable(
            Instant now,
            ZoneId zone,
            ZoneId organisationZone,
            Caps.InForce limits,
            Taken taken,
            RandomGenerator random) {
        this.now = now;
        this.zone = zone;
        this.organisationZone = organisationZone;
        this.limits = limits;
        this.taken = taken;
        this.random = random;
    }

    /** A window with the local time and the days off that count. */
    record LocalWindow(SendWindow window, ZoneId zone, DaysOff off) {}

    /** @param urgent windows and gap do not count, only the caps */
    record Wish(Instant notBefore, boolean urgent, List<LocalWindow> windows) {}

    /** Takes the earliest place; empty where there is none within the horizon. */
    Optional<Slot> place(Wish wish) {
        boolean waits = wish.notBefore().isAfter(now);
        Instant at = waits || wish.urgent() ? later(wish.notBefore(), now) : placed.getOrDefault(wish.windows(), now);
        Instant end = now.plus(HORIZON);
        while (at.isBefore(end)) {
            Optional<Opening> opening = common(at, end, wish.urgent() ? List.of() : wish.windows());
            if (opening.isEmpty()) {
                return Optional.empty();
            }
            Place place = within(opening.get(), wish.urgent());
            if (place.slot != null) {
                taken.add(place.slot);
                if (!waits && !wish.urgent()) {
                    placed.put(wish.windows(), place.slot.at());
                }
                return Optional.of(place.slot);
            }
            at = place.goOn;
        }
        return Optional.empty();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Is there room now, whatever window and gap say? The reason why not. */
    Optional<Full> fullNow() {
        LocalDate day = now.atZone(zone).toLocalDate();
        LocalDate organisationDay = now.atZone(organisationZone).toLocalDate();
        OptionalInt cap = limits.mailbox().capOn(day);
        if (cap.isPresent() && used(taken.mailbox(), day) >= cap.getAsInt()) {
            return Optional.of(new Full("mailbox", cap.getAsInt()));
        }
        if (limits.user() > 0 && used(taken.user(), day) >= limits.user()) {
            return Optional.of(new Full("user", limits.user()));
        }
        if (limits.organisation() > 0 && used(taken.organisation(), organisationDay) >= limits.organisation()) {
            return Optional.of(new Full("organisation", limits.organisation()));
        }
        return Optional.empty();
    }

    record Full(String whose, int cap) {}

    /** Either a slot, or from when to look on. */
    private record Place(Slot slot, Instant goOn) {}

    /** The next time all windows are open; without any it is always. Empty where they have nothing in common until the end. */
    static Optional<Opening> common(Instant from, Instant end, List<LocalWindow> windows) {
        Opening common = new Opening(from, Instant.MAX);
        for (int open = 0; open < windows.size(); ) {
            LocalWindow window = windows.get(open);
            Opening next = window.window().next(common.start(), window.zone(), window.off());
            Optional<Opening> both = common.and(next);
            if (both.isPresent()) {
                common = both.get();
                open++;
            } else {
                common = new Opening(next.start(), Instant.MAX);
                open = 0;
            }
            if (!common.start().isBefore(end)) {
                return Optional.empty();
            }
        }
        return Optional.of(common);
    }

    private Place within(Opening opening, boolean urgent) {
        LocalDate day = opening.start().atZone(zone).toLocalDate();
        Instant dayEnds = day.plusDays(1).atStartOfDay(zone).toInstant();
        if (isFull(day)) {
            return new Place(null, dayEnds);
        }
        LocalDate organisationDay = opening.start().atZone(organisationZone).toLocalDate();
        Instant organisationDayEnds =
                organisationDay.plusDays(1).atStartOfDay(organisationZone).toInstant();
        if (limits.organisation() > 0 && used(taken.organisation(), organisationDay) >= limits.organisation()) {
            return new Place(null, organisationDayEnds);
        }
        Instant until = opening.end();
        until = limits.byDay() && dayEnds.isBefore(until) ? dayEnds : until;
        until = limits.organisation() > 0 && organisationDayEnds.isBefore(until) ? organisationDayEnds : until;
        Optional<Instant> at = urgent ? Optional.of(opening.start()) : free(opening.start(), until);
        Instant ends = until;
        return at.map(time -> new Place(slot(time, ends), null)).orElseGet(() -> new Place(null, ends));
    }

    private Slot slot(Instant at, Instant until) {
        return new Slot(
                at,
                until.equals(Instant.MAX) ? null : until,
                at.atZone(zone).toLocalDate(),
                at.atZone(organisationZone).toLocalDate());
    }

    private boolean isFull(LocalDate day) {
        if (full.contains(day)) {
            return true;
        }
        OptionalInt cap = limits.mailbox().capOn(day);
        boolean isFull = (cap.isPresent() && used(taken.mailbox(), day) >= cap.getAsInt())
                || (limits.user() > 0 && used(taken.user(), day) >= limits.user());
        if (isFull) {
            full.add(day);
        }
        return isFull;
    }

    private static int used(Map<LocalDate, Integer> by, LocalDate day) {
        return by.getOrDefault(day, 0);
    }

    /** The first time from {@code start} on with the gap to both neighbours, and by chance up to half a gap later. */
    private Optional<Instant> free(Instant start, Instant end) {
        int gap = limits.gapMillis();
        if (gap == 0) {
            return Optional.of(start);
        }
        long at = start.toEpochMilli();
        Long after = null;
        for (boolean free = false; !free; ) {
            Long before = taken.times().floor(at);
            after = taken.times().ceiling(at);
            if (before != null && at - before < gap) {
                at = before + gap;
            } else if (after != null && after - at < gap) {
                at = after + gap;
            } else {
                free = true;
            }
        }
        if (!Instant.ofEpochMilli(at).isBefore(end)) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochMilli(at + jitter(at, after, end, gap)));
    }

    private long jitter(long at, Long after, Instant end, int gap) {
        long room = gap / 2;
        room = after == null ? room : Math.min(room, after - gap - at);
        room = end.equals(Instant.MAX) ? room : Math.min(room, end.toEpochMilli() - 1 - at);
        return room <= 0 ? 0 : random.nextLong(room + 1);
    }
}
