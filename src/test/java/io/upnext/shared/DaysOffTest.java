package io.upnext.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Days off of an organisation are skipped like holidays, in waits and in windows. */
class DaysOffTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static DaysOff off(String from, String to, boolean everyYear) {
        return new DaysOff(
                Optional.of("DE"), List.of(new OwnHoliday(LocalDate.parse(from), LocalDate.parse(to), everyYear)));
    }

    @Test
    void days_that_come_every_year_may_last_over_its_end() {
        DaysOff off = off("2026-12-28", "2027-01-02", true);

        assertThat(List.of("2026-12-28", "2027-01-02", "2030-12-31", "2031-01-02", "2031-01-01"))
                .allMatch(day -> off.contains(LocalDate.parse(day)));
        assertThat(List.of("2026-01-02", "2026-12-27", "2027-01-04", "2031-01-03"))
                .noneMatch(day -> off.contains(LocalDate.parse(day)));
    }

    @Test
    void days_of_one_year_come_once_and_a_leap_day_moves() {
        assertThat(off("2026-05-15", "2026-05-15", false).contains(LocalDate.parse("2027-05-15")))
                .isFalse();
        DaysOff leap = off("2028-02-29", "2028-02-29", true);
        assertThat(leap.contains(LocalDate.parse("2029-02-28"))).isTrue();
        assertThat(leap.contains(LocalDate.parse("2029-03-01"))).isFalse();
    }

    @Test
    void working_days_and_windows_leave_them_out_beside_the_countrys_holidays() {
        // Friday 15 May after Ascension Day, 14 May 2026
        DaysOff bridge = off("2026-05-15", "2026-05-15", false);
        Instant wednesday = Instant.parse("2026-05-13T08:00:00Z");
        SendWindow weekdays = new SendWindow(
                Set.of(DayOfWeek.THURSDAY, DayOfWeek.FRIDAY, DayOfWeek.MONDAY),
                LocalTime.of(9, 0),
                LocalTime.of(17, 0),
                SendWindow.Zone.SENDER);

        assertThat(BusinessCalendar.afterWorkingDays(wednesday, 1, 0, BERLIN, WorkingTime.weekdays(bridge)))
                .isEqualTo(Instant.parse("2026-05-18T08:00:00Z"));
        assertThat(weekdays.next(wednesday, BERLIN, bridge).start()).isEqualTo(Instant.parse("2026-05-18T07:00:00Z"));
        assertThat(weekdays.next(wednesday, BERLIN, bridge.in("US")).start())
                .isEqualTo(Instant.parse("2026-05-14T07:00:00Z"));
    }
}
