package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A {@link SendWindow} as people and JSON write it: days as names ({@code MONDAY}, {@code MON}) or ISO numbers (1 is
 * Monday), times as {@code 09:00}, the end of a day as {@code 24:00}.
 *
 * @param zone absent: the recipient's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WrittenWindow(List<String> days, String from, String to, SendWindow.Zone zone) {

    private static final String MIDNIGHT = "24:00";

    public static WrittenWindow of(SendWindow window) {
        return new WrittenWindow(
                window.days().stream().sorted().map(DayOfWeek::name).toList(),
                window.from().toString(),
                window.to().equals(LocalTime.MIDNIGHT) ? MIDNIGHT : window.to().toString(),
                window.zone());
    }

    /** One sentence for each thing that is wrong with it; none if {@link #read} works. */
    public List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        if (days == null || days.isEmpty()) {
            mistakes.add("The window needs 'days', such as [\"MONDAY\", \"TUESDAY\"].");
        } else if (readDays(days).isEmpty()) {
            mistakes.add("The window's 'days' must be days of the week (MONDAY to SUNDAY, or 1 to 7).");
        }
        if (time(from).isEmpty()) {
            mistakes.add("The window needs 'from', a time of day such as 09:00.");
        }
        if (time(to).isEmpty()) {
            mistakes.add("The window needs 'to', a time of day such as 17:00.");
        }
        if (from != null && from.equals(to)) {
            mistakes.add("The window begins and ends at " + from + "; give 00:00 to 24:00 for the whole day.");
        }
        return mistakes;
    }

    /** @throws IllegalStateException where there are {@link #mistakes} */
    public SendWindow read() {
        if (!mistakes().isEmpty()) {
            throw new IllegalStateException(mistakes().get(0));
        }
        return new SendWindow(
                readDays(days).orElseThrow(),
                time(from).orElseThrow(),
                time(to).orElseThrow(),
                zone == null ? SendWindow.Zone.RECIPIENT : zone);
    }

    private static Optional<Set<DayOfWeek>> readDays(Collection<String> written) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String one : written) {
            Optional<DayOfWeek> day = day(one);
            if (day.isEmpty()) {
                return Optional.empty();
            }
            days.add(day.get());
        }
        return Optional.of(days);
    }

    private static Optional<DayOfWeek> day(String written) {
        String name = written == null ? "" : written.strip().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name.equals(day.name())
                    || name.equals(day.name().substring(0, 3))
                    || name.equals("" + day.getValue())) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalTime> time(String written) {
        if (MIDNIGHT.equals(written)) {
            return Optional.of(LocalTime.MIDNIGHT);
        }
        try {
            return written == null ? Optional.empty() : Optional.of(LocalTime.parse(written.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
