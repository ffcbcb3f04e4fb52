package io.upnext.enrollment;

import io.upnext.record.RecordGraph;
import io.upnext.security.CompanyCalendar;
import io.upnext.security.Settings;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.shared.BusinessCalendar;
import io.upnext.shared.WorkingTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** When waits end, limits are reached and tasks become due. Instants are whole seconds: the engine is no finer. */
@Component
class WaitTimes {

    private final Settings settings;
    private final CompanyCalendar calendar;

    WaitTimes(Settings settings, CompanyCalendar calendar) {
        this.settings = settings;
        this.calendar = calendar;
    }

    Instant endOf(Step.Wait wait, EnrollmentContext context, Instant from) {
        return endOf(wait, zone(context), from);
    }

    Instant endOf(Step.Wait wait, ZoneId zone, Instant from) {
        Instant start = from.truncatedTo(ChronoUnit.SECONDS);
        Span span = wait.span();
        if (wait.counting() == Step.Wait.Counting.WORKING_DAYS) {
            WorkingTime time = WorkingTime.weekdays(calendar.daysOff());
            return BusinessCalendar.afterWorkingDays(start, span.wholeDays(), span.wholeHours(), zone, time);
        }
        return BusinessCalendar.after(start, span.wholeDays(), span.wholeHours(), zone);
    }

    /** Calendar days of the zone, then hours. */
    Instant after(Span span, EnrollmentContext context, Instant from) {
        return after(span, zone(context), from);
    }

    Instant after(Span span, ZoneId zone, Instant from) {
        Instant start = from.truncatedTo(ChronoUnit.SECONDS);
        return span == null ? start : BusinessCalendar.after(start, span.wholeDays(), span.wholeHours(), zone);
    }

    /** The recipient's zone if known, else the sequence's, else the organisation's (specification §4). */
    ZoneId zone(EnrollmentContext context) {
        return zone(context.graph(), context.version().definition());
    }

    ZoneId zone(RecordGraph graph, Definition definition) {
        return Stream.of(graph == null ? null : graph.person().text("timeZone"), definition.timeZone())
                .flatMap(name -> zone(name).stream())
                .findFirst()
                .orElseGet(settings::timeZone);
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return name == null || name.isBlank() ? Optional.empty() : Optional.of(ZoneId.of(name.trim()));
        } catch (DateTimeException e) {
            // A record may carry any text here; what is no zone counts as not known.
            return Optional.empty();
        }
    }
}
