package io.upnext.enrollment.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulation found.
 *
 * @param days of the organisation's time zone
 * @param sellers whom the tasks fall to, on days of their own zone, busiest first
 * @param mailboxes through which the mails leave, on days of the organisation's zone
 * @param ends how many ended for which reason
 * @param onward what became of those who advanced, by the sequence they advanced to
 * @param notes what the figures leave out, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Load(
        int records,
        long seed,
        Rates rates,
        List<Day> days,
        List<Share> sellers,
        List<Share> mailboxes,
        Map<Ending, Integer> ends,
        List<StepCount> steps,
        List<Onward> onward,
        List<String> notes) {

    public record Day(LocalDate date, int tasks, int mails) {}

    public record Count(LocalDate date, int number) {}

    /** @param id of the seller (a team: {@code team:<id>}) or mailbox @param peak the fullest day */
    public record Share(String id, String name, int total, Count peak, List<Count> days) {

        public static Share of(String id, String name, SortedMap<LocalDate, Integer> byDay) {
            List<Count> days = byDay.entrySet().stream()
                    .map(day -> new Count(day.getKey(), day.getValue()))
                    .toList();
            Count peak = days.stream()
                    .reduce((a, b) -> b.number() > a.number() ? b : a)
                    .orElse(null);
            return new Share(
                    id,
                    name,
                    byDay.values().stream().mapToInt(Integer::intValue).sum(),
                    peak,
                    days);
        }
    }

    public record StepCount(String step, String type, String name, int entered) {}

    /** @param name null where the viewer may not see the sequence */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Onward(String sequence, String name, Map<Ending, Integer> ends) {}

    /** Days with what falls on them, also those in between on which nothing does, within a year. */
    public static List<Day> days(Map<LocalDate, Integer> tasks, Map<LocalDate, Integer> mails) {
        TreeMap<LocalDate, Integer> all = new TreeMap<>(tasks);
        mails.forEach((date, number) -> all.merge(date, number, Integer::sum));
        if (all.isEmpty()) {
            return List.of();
        }
        LocalDate first = all.firstKey();
        LocalDate end = all.lastKey();
        return first.datesUntil(end.plusDays(1))
                .filter(date -> end.isBefore(first.plusYears(1)) || all.containsKey(date))
                .map(date -> new Day(date, tasks.getOrDefault(date, 0), mails.getOrDefault(date, 0)))
                .toList();
    }
}
