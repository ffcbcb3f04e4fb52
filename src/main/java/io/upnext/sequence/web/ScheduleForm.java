package io.upnext.sequence.web;

import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.Definition.Schedule;
import io.upnext.sequence.Span;
import io.upnext.shared.InvalidException;
import java.util.Map;

/** The schedule of a Classic or Smart sequence as fields of its form. */
record ScheduleForm(String at, String timeZone, boolean skipWeekends, Integer days, Integer hours) {

    private static final String AT = "scheduleAt";
    private static final Schedule NONE = new Schedule(null, null, null, null);

    static ScheduleForm of(Schedule saved) {
        Schedule schedule = saved == null ? NONE : saved;
        Span every = schedule.every() == null ? new Span(null, null) : schedule.every();
        return new ScheduleForm(
                schedule.at(),
                schedule.timeZone(),
                Boolean.TRUE.equals(schedule.skipWeekends()),
                every.days(),
                every.hours());
    }

    /** What a new sequence of the mode begins with; none in Adaptive mode. */
    static Schedule usual(Mode mode) {
        return switch (mode) {
            case ADAPTIVE -> null;
            case CLASSIC -> new Schedule("09:00", null, true, null);
            case SMART -> new Schedule("09:00", null, true, new Span(2, null));
        };
    }

    /**
     * What was entered; the schedule as it was where the form did not show it.
     *
     * @throws InvalidException where the interval is no number
     */
    static Schedule read(Schedule before, Map<String, String[]> entered) {
        if (!entered.containsKey(AT)) {
            return before;
        }
        Integer days = number(entered, "scheduleDays");
        Integer hours = number(entered, "scheduleHours");
        return new Schedule(
                text(entered, AT),
                text(entered, "scheduleZone"),
                entered.containsKey("skipWeekends"),
                days == null && hours == null ? null : new Span(days, hours));
    }

    private static Integer number(Map<String, String[]> entered, String name) {
        String text = text(entered, name);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException noNumber) {
            throw new InvalidException("'" + text + "' is no whole number.");
        }
    }

    private static String text(Map<String, String[]> entered, String name) {
        String[] values = entered.getOrDefault(name, new String[0]);
        return values.length == 0 ? null : FormValues.given(values[0]);
    }
}
