package io.upnext.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of the Classic and Smart modes. */
class DayScheduleTest {

    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    @ParameterizedTest
    @CsvSource({
        // Asia/Kolkata is half an hour off: 09:30 there is 04:00 in UTC
        "Asia/Kolkata,     09:30, 2026-03-04T04:00:00Z,   1, 2026-03-04T04:00:00Z",
        "Asia/Kolkata,     09:30, 2026-03-04T04:00:00.1Z, 1, 2026-03-05T04:00:00Z",
        "Asia/Kolkata,     09:30, 2026-03-03T22:00:00Z,   3, 2026-03-06T04:00:00Z",
        // Days keep their local time when the clock changes
        "Europe/Berlin,    09:30, 2026-03-28T06:00:00Z,   2, 2026-03-29T07:30:00Z",
        "Europe/Berlin,    09:30, 2026-10-24T06:00:00Z,   2, 2026-10-25T08:30:00Z",
        // 02:30 does not exist on 29 March and happens twice on 25 October
        "Europe/Berlin,    02:30, 2026-03-28T00:00:00Z,   2, 2026-03-29T01:30:00Z",
        "Europe/Berlin,    02:30, 2026-10-24T00:00:00Z,   2, 2026-10-25T00:30:00Z",
        "Europe/Berlin,    02:30, 2026-10-25T01:00:00Z,   1, 2026-10-26T01:30:00Z",
        // Over the end of a year and of a leap February
        "America/New_York, 23:45, 2027-12-31T12:00:00Z,   2, 2028-01-02T04:45:00Z",
        "UTC,              00:00, 2028-02-28T10:00:00Z,   1, 2028-02-29T00:00:00Z",
        "UTC,              00:00, 2028-02-28T10:00:00Z,  90, 2028-05-28T00:00:00Z",
    })
    void a_day_is_counted_from_the_first_such_time_not_before_the_connection(
            String zone, String at, Instant connected, int day, Instant due) {
        DaySchedule schedule = new DaySchedule(LocalTime.parse(at), ZoneId.of(zone), false);

        assertThat(schedule.on(schedule.dayOne(connected), day)).isEqualTo(due);
    }

    @Test
    void what_falls_on_a_weekend_moves_to_monday_and_moves_no_other_day() {
        DaySchedule schedule = new DaySchedule(LocalTime.of(9, 30), ZoneId.of("UTC"), true);
        LocalDate thursday = schedule.dayOne(Instant.parse("2026-03-05T08:00:00Z"));

        assertThat(IntStream.rangeClosed(1, 7).mapToObj(day -> schedule.on(thursday, day) + ""))
                .containsExactly(
                        "2026-03-05T09:30:00Z",
                        "2026-03-06T09:30:00Z",
                        "2026-03-09T09:30:00Z",
                        "2026-03-09T09:30:00Z",
                        "2026-03-09T09:30:00Z",
                        "2026-03-10T09:30:00Z",
                        "2026-03-11T09:30:00Z");
    }

    @Test
    void a_run_that_falls_on_a_weekend_moves_to_monday_and_the_count_goes_on_from_there() {
        RunInterval everyTwoDays = new RunInterval(new DaySchedule(LocalTime.of(9, 30), ZoneId.of("UTC"), true), 2, 0);
        Instant monday = everyTwoDays.first(Instant.parse("2026-03-01T12:00:00Z"));
        Instant wednesday = everyTwoDays.next(monday);
        Instant friday = everyTwoDays.next(wednesday);

        assertThat(monday).isEqualTo("2026-03-02T09:30:00Z");
        assertThat(wednesday).isEqualTo("2026-03-04T09:30:00Z");
        assertThat(friday).isEqualTo("2026-03-06T09:30:00Z");
        assertThat(everyTwoDays.next(friday)).isEqualTo("2026-03-09T09:30:00Z");
    }

    @Test
    void an_interval_with_hours_is_counted_in_real_time_and_one_of_days_keeps_its_time_over_a_gap() {
        DaySchedule berlin = new DaySchedule(LocalTime.of(2, 30), ZoneId.of("Europe/Berlin"), false);
        Instant beforeTheGap = Instant.parse("2026-03-28T01:30:00Z");

        Instant inTheGap = new RunInterval(berlin, 1, 0).next(beforeTheGap);

        assertThat(inTheGap).isEqualTo("2026-03-29T01:30:00Z");
        assertThat(new RunInterval(berlin, 1, 0).next(inTheGap)).isEqualTo("2026-03-30T00:30:00Z");
        assertThat(new RunInterval(berlin, 0, 24).next(beforeTheGap)).isEqualTo("2026-03-29T01:30:00Z");
        assertThat(new RunInterval(berlin, 0, 4).next(inTheGap)).isEqualTo("2026-03-29T05:30:00Z");
    }

    @Property(tries = 500)
    void days_stay_in_order_keep_their_distance_and_never_come_before_the_connection(
            @ForAll("schedules") DaySchedule schedule,
            @ForAll("moments") Instant connected,
            @ForAll @IntRange(min = 1, max = 89) int day) {
        LocalDate dayOne = schedule.dayOne(connected);

        assertThat(schedule.on(dayOne, 1)).isAfterOrEqualTo(connected);
        assertThat(schedule.timeOn(dayOne.minusDays(1))).isBefore(connected);
        assertThat(schedule.on(dayOne, day + 1)).isAfterOrEqualTo(schedule.on(dayOne, day));
        LocalDate date = schedule.on(dayOne, day).atZone(schedule.zone()).toLocalDate();
        assertThat(date).isBetween(dayOne.plusDays(day - 1), dayOne.plusDays(day + 2));
        assertThat(schedule.skipWeekends() && WEEKEND.contains(date.getDayOfWeek()))
                .isFalse();
    }

    @Property(tries = 500)
    void whoever_was_held_up_goes_on_at_the_next_time_and_the_days_after_keep_their_distance(
            @ForAll("schedules") DaySchedule schedule,
            @ForAll("moments") Instant connected,
            @ForAll @IntRange(min = 1, max = 30) int day,
            @ForAll @IntRange(max = 2000) int hours) {
        LocalDate dayOne = schedule.dayOne(connected);
        Instant now = schedule.on(dayOne, day).plus(Duration.ofHours(hours));

        LocalDate moved = schedule.caughtUp(dayOne, day, now);

        Instant due = schedule.on(moved, day);
        LocalDate today = now.atZone(schedule.zone()).toLocalDate();
        assertThat(due.atZone(schedule.zone()).toLocalDate()).isAfterOrEqualTo(today);
        assertThat(moved).isAfterOrEqualTo(dayOne);
        assertThat(schedule.caughtUp(moved, day, now)).isEqualTo(moved);
        assertThat(moved.equals(dayOne) || !due.isBefore(now)).isTrue();
    }

    @Property(tries = 500)
    void after_a_pause_as_many_times_are_left_as_before_it(
            @ForAll("schedules") DaySchedule schedule,
            @ForAll("moments") Instant since,
            @ForAll @IntRange(max = 2000) int hours,
            @ForAll @IntRange(min = 1, max = 30) int days) {
        // Apia's 30 and 31 December 2011 share one moment, which a count cannot tell apart
        Assume.that(!schedule.zone().getId().equals("Pacific/Apia"));
        Instant until = since.plus(Duration.ofHours(hours));
        LocalDate dayOne = schedule.dayOne(since.plusSeconds(1));

        LocalDate moved = dayOne.plusDays(schedule.timesBetween(since, until));

        DaySchedule plain = new DaySchedule(schedule.at(), schedule.zone(), false);
        assertThat(plain.on(moved, days)).isAfter(until);
        assertThat(plain.timesBetween(until, plain.on(moved, days)))
                .isEqualTo(plain.timesBetween(since, plain.on(dayOne, days)));
    }

    @Property(tries = 500)
    void runs_go_forward_and_a_missed_one_is_not_made_up_for(
            @ForAll("schedules") DaySchedule schedule,
            @ForAll("moments") Instant connected,
            @ForAll @IntRange(max = 9) int days,
            @ForAll @IntRange(min = 1, max = 30) int hours,
            @ForAll boolean whole,
            @ForAll @IntRange(max = 2000) int late) {
        RunInterval interval = new RunInterval(schedule, whole ? days + 1 : days, whole ? 0 : hours);
        Instant first = interval.first(connected);
        Instant now = first.plus(Duration.ofHours(late));

        Instant next = interval.nextNotBefore(first, now);

        assertThat(first).isAfterOrEqualTo(connected);
        assertThat(interval.next(first)).isAfter(first);
        assertThat(next).isAfter(first).isAfterOrEqualTo(now);
        assertThat(schedule.skipWeekends()
                        && WEEKEND.contains(next.atZone(schedule.zone()).getDayOfWeek()))
                .isFalse();
        assertThat(interval.postponed(next, now, now)).isEqualTo(next);
        assertThat(interval.postponed(next, now, now.plus(Duration.ofHours(late))))
                .isAfterOrEqualTo(next);
    }

    @Provide
    Arbitrary<DaySchedule> schedules() {
        return net.jqwik.api.Combinators.combine(
                        Arbitraries.integers().between(0, 24 * 60 - 1),
                        Arbitraries.of(
                                "UTC",
                                "Europe/Berlin",
                                "Asia/Kolkata",
                                "America/New_York",
                                "Australia/Lord_Howe",
                                "America/Havana",
                                "Pacific/Apia"),
                        Arbitraries.of(true, false))
                .as((minute, zone, skip) ->
                        new DaySchedule(LocalTime.MIDNIGHT.plusMinutes(minute), ZoneId.of(zone), skip));
    }

    /** Over years with clock changes, their ends and a leap day; Apia had no 30 December 2011. */
    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("2011-12-20T00:00:00Z").getEpochSecond(),
                        Instant.parse("2013-04-10T00:00:00Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }
}
