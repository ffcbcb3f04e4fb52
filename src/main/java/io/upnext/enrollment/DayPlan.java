package io.upnext.enrollment;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The days of one seller and how much is due on each: what a day cannot hold moves to the next working day that can. */
final class DayPlan {

    /** Who has work for two years is not helped by a later date. */
    private static final int FARTHEST = 730;

    private final int capacity;
    private final Predicate<LocalDate> workingDay;
    private final Map<LocalDate, Integer> taken;

    DayPlan(int capacity, Predicate<LocalDate> workingDay, Map<LocalDate, Integer> taken) {
        this.capacity = capacity;
        this.workingDay = workingDay;
        this.taken = new HashMap<>(taken);
    }

    /** Takes a place of the wanted day, whatever day of the week it is, or else of the first working day after it that has one. */
    LocalDate place(LocalDate wanted) {
        LocalDate day = free(wanted);
        taken.merge(day, 1, Integer::sum);
        return day;
    }

    /** The day that {@link #place} would take; takes none. */
    LocalDate free(LocalDate wanted) {
        LocalDate day = wanted;
        LocalDate farthest = wanted.plusDays(FARTHEST);
        while (taken.getOrDefault(day, 0) >= capacity && day.isBefore(farthest)) {
            day = next(day);
        }
        return day;
    }

    private LocalDate next(LocalDate after) {
        LocalDate day = after.plusDays(1);
        while (!workingDay.test(day)) {
            day = day.plusDays(1);
        }
        return day;
    }
}
