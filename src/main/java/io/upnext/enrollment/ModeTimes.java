package io.upnext.enrollment;

import io.upnext.security.Settings;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Schedule;
import io.upnext.sequence.Span;
import io.upnext.shared.DaySchedule;
import io.upnext.shared.RunInterval;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The schedules of Classic and Smart sequences, with the time zones the organisation fills in. */
@Component
class ModeTimes {

    private final Settings settings;

    ModeTimes(Settings settings) {
        this.settings = settings;
    }

    DaySchedule days(Definition definition) {
        Schedule schedule = definition.schedule();
        return new DaySchedule(
                LocalTime.parse(schedule.at()), zone(definition), Boolean.TRUE.equals(schedule.skipWeekends()));
    }

    RunInterval runs(Definition definition) {
        Span every = definition.schedule().every();
        return new RunInterval(days(definition), every.wholeDays(), every.wholeHours());
    }

    /** The schedule's zone, else the sequence's, else the organisation's; never the recipient's. */
    private ZoneId zone(Definition definition) {
        return Stream.of(definition.schedule().timeZone(), definition.timeZone())
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .map(ModeTimes::zone)
                .orElseGet(settings::timeZone);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name.trim());
        } catch (DateTimeException e) {
            throw new IllegalStateException("Checks let the unknown time zone '" + name + "' through", e);
        }
    }

    /** What day 1 and the first run are looked for from: when the record was connected, or its wait to start is over. */
    static Instant beginning(Enrollment enrollment) {
        Instant connected = enrollment.connectedAt();
        Instant start = enrollment.startAt();
        return start == null || start.isBefore(connected) ? connected : start;
    }
}
