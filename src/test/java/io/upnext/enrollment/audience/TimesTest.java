package io.upnext.enrollment.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.Definition.Schedule;
import io.upnext.sequence.Span;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** When audiences are looked at, over clock changes and weekends. */
class TimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void a_time_of_day_is_that_of_the_zone_also_over_clock_changes() {
        assertThat(daily("09:00", "Asia/Kolkata", "2026-03-02T09:00:00Z")).isEqualTo("2026-03-03T03:30:00Z");
        assertThat(daily("09:00", null, "2026-03-28T08:00:00Z")).isEqualTo("2026-03-29T07:00:00Z");
        assertThat(daily("02:30", null, "2026-03-28T12:00:00Z")).as("a gap").isEqualTo("2026-03-29T01:30:00Z");
        assertThat(daily("02:30", null, "2026-10-24T12:00:00Z")).as("twice").isEqualTo("2026-10-25T00:30:00Z");
        assertThat(daily("02:30", null, "2026-10-25T00:30:00Z"))
                .as("once a day")
                .isEqualTo("2026-10-26T01:30:00Z");
        assertThat(daily("00:00", "Pacific/Auckland", "2026-12-31T10:59:59Z")).isEqualTo("2026-12-31T11:00:00Z");
    }

    @Test
    void a_classic_or_smart_sequence_is_fed_a_quarter_of_an_hour_before_each_run() {
        assertThat(run(Mode.CLASSIC, true, null, "2026-03-02T08:00:00Z")).isEqualTo("2026-03-02T08:15:00Z");
        assertThat(run(Mode.CLASSIC, true, null, "2026-03-02T08:15:00Z")).isEqualTo("2026-03-03T08:15:00Z");
        assertThat(run(Mode.CLASSIC, true, null, "2026-03-06T09:00:00Z"))
                .as("a weekend")
                .isEqualTo("2026-03-09T08:15:00Z");
        assertThat(run(Mode.CLASSIC, false, null, "2026-03-06T09:00:00Z")).isEqualTo("2026-03-07T08:15:00Z");
        assertThat(run(Mode.SMART, false, new Span(2, null), "2026-03-02T09:00:00Z"))
                .as("somebody may begin every day")
                .isEqualTo("2026-03-03T08:15:00Z");
        assertThat(run(Mode.SMART, false, new Span(null, 6), "2026-03-02T09:00:00Z"))
                .isEqualTo("2026-03-02T14:15:00Z");
        assertThat(run(Mode.SMART, false, new Span(1, 12), "2026-03-02T09:00:00Z"))
                .as("at half a day's distance, too")
                .isEqualTo("2026-03-02T20:15:00Z");
        assertThat(run(Mode.SMART, false, new Span(null, 6), "2026-03-02T21:00:00Z"))
                .isEqualTo("2026-03-03T02:15:00Z");
    }

    private static String daily(String at, String zone, String now) {
        return Times.next(new When(When.Kind.DAILY, at, zone), Instant.parse(now), BERLIN)
                .toString();
    }

    private static String run(Mode mode, boolean skipWeekends, Span every, String now) {
        Schedule schedule = new Schedule("09:30", "Europe/Berlin", skipWeekends, every);
        Definition definition = new Definition(null, null, null, mode, null, null, null, null, schedule, null);
        return Times.beforeRun(definition, Instant.parse(now), BERLIN).toString();
    }
}
