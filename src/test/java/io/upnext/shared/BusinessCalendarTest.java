package io.upnext.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessCalendarTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final WorkingTime PLAIN = WorkingTime.weekdays(Optional.empty());
    private static final WorkingTime GERMAN = WorkingTime.weekdays(Optional.of("DE"));

    @Nested
    class Elapsed {

        @ParameterizedTest(name = "{5}")
        @CsvSource({
            "2026-01-05T10:00+01:00,        2,  4, Europe/Berlin,       2026-01-07T14:00+01:00,     days and then hours",
            "2026-01-09T22:00+01:00,        1,  4, Europe/Berlin,       2026-01-11T02:00+01:00,     weekends pass too",
            "2026-03-28T10:00+01:00,        1,  0, Europe/Berlin,       2026-03-29T10:00+02:00,     a day over the change to summer time keeps the local time",
            "2026-10-24T10:00+02:00,        1,  0, Europe/Berlin,       2026-10-25T10:00+01:00,     a day over the change to winter time keeps the local time",
            "2026-03-28T10:00+01:00,        0, 24, Europe/Berlin,       2026-03-29T11:00+02:00,     24 hours are 24 hours",
            "2026-03-28T02:30+01:00,        1,  0, Europe/Berlin,       2026-03-29T03:30+02:00,     a local time in the gap moves on by the gap",
            "2026-03-28T02:30+01:00,        1,  1, Europe/Berlin,       2026-03-29T04:30+02:00,     hours count from behind the gap",
            "2026-10-24T02:30+02:00,        1,  0, Europe/Berlin,       2026-10-25T02:30+02:00,     a local time that happens twice is the first one",
            "2026-10-24T02:30+02:00,        1,  1, Europe/Berlin,       2026-10-25T02:30+01:00,     and an hour later it is the second",
            "2026-10-25T02:30+01:00,        0,  0, Europe/Berlin,       2026-10-25T02:30+01:00,     no time at all changes nothing",
            "2026-10-03T10:00+10:30,        1,  0, Australia/Lord_Howe, 2026-10-04T10:00+11:00,     a clock change of half an hour",
            "2026-12-31T23:30+05:30,        1,  1, Asia/Kolkata,        2027-01-02T00:30+05:30,     a year's end in a half-hour zone",
            "2028-02-28T09:00+00:00,        2,  0, Europe/London,       2028-03-01T09:00+00:00,     a leap day",
            "2011-12-29T09:00-10:00,        1,  0, Pacific/Apia,        2011-12-31T09:00+14:00,     a day that a country left out",
        })
        void addsDaysOnTheCalendarAndHoursExactly(
                OffsetDateTime from, int days, int hours, ZoneId zone, OffsetDateTime expected, String rule) {
            assertThat(BusinessCalendar.after(from.toInstant(), days, hours, zone))
                    .isEqualTo(expected.toInstant());
        }
    }

    @Nested
    class WorkingDays {

        @ParameterizedTest(name = "{4}")
        @CsvSource({
            "2026-01-14T10:00, 3,  0, 2026-01-19T10:00, Wednesday and three is Monday",
            "2026-01-16T10:00, 1,  0, 2026-01-19T10:00, Friday and one is Monday",
            "2026-01-17T10:00, 1,  0, 2026-01-19T10:00, Saturday and one is Monday",
            "2026-01-18T10:00, 1,  0, 2026-01-19T10:00, Sunday and one is Monday too",
            "2026-01-17T10:00, 2,  0, 2026-01-20T10:00, Saturday and two is Tuesday",
            "2026-01-17T10:00, 0,  0, 2026-01-19T09:00, nothing on a Saturday is Monday's opening",
            "2026-01-14T10:00, 0,  0, 2026-01-14T10:00, nothing within working time changes nothing",
            "2026-01-14T10:00, 0,  3, 2026-01-14T13:00, hours within the day",
            "2026-01-14T16:00, 0,  2, 2026-01-15T09:00, hours past closing end at the next opening",
            "2026-01-16T16:00, 0,  2, 2026-01-19T09:00, and on a Friday on Monday",
            "2026-01-14T16:00, 0, 18, 2026-01-15T10:00, hours pass at night as well",
            "2026-01-14T16:00, 1,  1, 2026-01-16T09:00, closing time is outside",
            "2026-01-14T16:59, 1,  0, 2026-01-15T16:59, the last minute is inside",
            "2026-01-14T09:00, 1,  0, 2026-01-15T09:00, opening time is inside",
            "2026-01-14T06:00, 1,  0, 2026-01-15T09:00, too early waits for the opening of the day counted",
            "2026-01-14T20:00, 1,  0, 2026-01-16T09:00, too late waits for the one after",
            "2026-01-16T20:00, 1,  0, 2026-01-20T09:00, the day counted is Monday even at night",
            "2026-03-27T10:00, 1,  0, 2026-03-30T10:00, a weekend with a clock change keeps the local time",
            "2026-12-31T10:00, 1,  0, 2027-01-01T10:00, without a country there are no holidays",
        })
        void countWithoutHolidays(LocalDateTime from, int days, int hours, LocalDateTime expected, String rule) {
            assertThat(waited(from, days, hours, PLAIN)).isEqualTo(expected);
        }

        @ParameterizedTest(name = "{4}")
        @CsvSource({
            "2026-12-31T10:00, 1,  0, 2027-01-04T10:00, New Year's Day and a weekend",
            "2026-04-02T10:00, 1,  0, 2026-04-07T10:00, Good Friday to Easter Monday",
            "2026-04-02T16:00, 0,  2, 2026-04-07T09:00, hours past closing before Easter",
            "2025-12-24T10:00, 1,  0, 2025-12-29T10:00, Christmas and a weekend",
            "2025-12-24T10:00, 3,  0, 2025-12-31T10:00, Christmas and then on",
            "2026-05-01T10:00, 0,  1, 2026-05-04T09:00, a start on a holiday",
            "2026-05-01T10:00, 1,  0, 2026-05-04T10:00, a day counted from a holiday",
            "2026-01-06T10:00, 0,  1, 2026-01-06T11:00, a holiday of some regions only is a working day",
        })
        void leaveOutTheHolidaysOfTheCountry(
                LocalDateTime from, int days, int hours, LocalDateTime expected, String rule) {
            assertThat(waited(from, days, hours, GERMAN)).isEqualTo(expected);
        }

        @Test
        void anOpeningThatFallsIntoTheGapOfAClockChangeMovesOn() {
            WorkingTime nights = new WorkingTime(
                    EnumSet.allOf(DayOfWeek.class), LocalTime.of(2, 0), LocalTime.of(6, 0), Optional.empty());

            assertThat(waited(LocalDateTime.parse("2026-03-28T23:00"), 0, 1, nights))
                    .isEqualTo(LocalDateTime.parse("2026-03-29T03:00"));
        }

        @Test
        void hoursThatALostHourSwallowsOpenOnTheNextDay() {
            WorkingTime lost = new WorkingTime(
                    EnumSet.allOf(DayOfWeek.class), LocalTime.of(2, 0), LocalTime.of(3, 0), Optional.empty());

            assertThat(waited(LocalDateTime.parse("2026-03-28T23:00"), 0, 1, lost))
                    .isEqualTo(LocalDateTime.parse("2026-03-30T02:00"));
        }

        @Test
        void substituteHolidaysCount() {
            WorkingTime british = WorkingTime.weekdays(Optional.of("GB"));

            assertThat(waited(LocalDateTime.parse("2026-12-24T10:00"), 1, 0, british))
                    .isEqualTo(LocalDateTime.parse("2026-12-29T10:00"));
        }

        private LocalDateTime waited(LocalDateTime from, int days, int hours, WorkingTime working) {
            return BusinessCalendar.afterWorkingDays(from.atZone(BERLIN).toInstant(), days, hours, BERLIN, working)
                    .atZone(BERLIN)
                    .toLocalDateTime();
        }
    }

    @Test
    void workingTimeThatCannotBeIsRefused() {
        LocalTime nine = LocalTime.of(9, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkingTime(Set.of(), nine, LocalTime.NOON, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkingTime(Set.of(DayOfWeek.MONDAY), nine, nine, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> WorkingTime.weekdays(Optional.of("XX")));
        assertThat(WorkingTime.countries()).contains("DE", "GB", "US", "IN").doesNotContain("NYSE");
    }

    @Test
    void waitsNeverGoBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> BusinessCalendar.after(Instant.EPOCH, -1, 0, BERLIN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusinessCalendar.afterWorkingDays(Instant.EPOCH, 0, -1, BERLIN, PLAIN));
    }

    @Property
    void elapsedDaysKeepTheLocalTimeUnlessItDoesNotExist(
            @ForAll("moments") Instant from, @ForAll @IntRange(max = 30) int days, @ForAll("zones") ZoneId zone) {
        LocalDateTime expected = from.atZone(zone).toLocalDateTime().plusDays(days);

        Instant result = BusinessCalendar.after(from, days, 0, zone);

        assertThat(result).isAfterOrEqualTo(from);
        if (zone.getRules().getValidOffsets(expected).isEmpty()) {
            assertThat(result).isEqualTo(ZonedDateTime.of(expected, zone).toInstant());
        } else {
            assertThat(result.atZone(zone).toLocalDateTime()).isEqualTo(expected);
        }
    }

    @Property
    void workingDaysAlwaysEndWithinWorkingTimeAndNeverBeforeTheStart(
            @ForAll("moments") Instant from,
            @ForAll @IntRange(max = 30) int days,
            @ForAll @IntRange(max = 100) int hours,
            @ForAll("zones") ZoneId zone,
            @ForAll("workingTimes") WorkingTime working) {
        Instant result = BusinessCalendar.afterWorkingDays(from, days, hours, zone, working);

        ZonedDateTime local = result.atZone(zone);
        assertThat(result).isAfterOrEqualTo(from.plus(Duration.ofHours(days == 0 ? hours : 0)));
        assertThat(working.isWorkingDay(local.toLocalDate())).isTrue();
        assertThat(local.toLocalTime()).isAfterOrEqualTo(working.from()).isBefore(working.to());
    }

    @Property
    void whoStartsLaterWithinWorkingTimeIsNeverDoneEarlierWhereTheClockDoesNotChange(
            @ForAll("moments") Instant from,
            @ForAll @IntRange(max = 10_000) int minutesLater,
            @ForAll @IntRange(max = 30) int days,
            @ForAll @IntRange(max = 100) int hours,
            @ForAll("workingTimes") WorkingTime working) {
        ZoneId kolkata = ZoneId.of("Asia/Kolkata");
        Instant start = BusinessCalendar.afterWorkingDays(from, 0, 0, kolkata, working);
        Instant later =
                BusinessCalendar.afterWorkingDays(start.plus(Duration.ofMinutes(minutesLater)), 0, 0, kolkata, working);

        assertThat(BusinessCalendar.after(later, days, hours, kolkata))
                .isAfterOrEqualTo(BusinessCalendar.after(start, days, hours, kolkata));
        assertThat(BusinessCalendar.afterWorkingDays(later, days, hours, kolkata, working))
                .isAfterOrEqualTo(BusinessCalendar.afterWorkingDays(start, days, hours, kolkata, working));
    }

    @Property
    void moreDaysAreNeverDoneEarlier(
            @ForAll("moments") Instant from,
            @ForAll @IntRange(max = 30) int days,
            @ForAll("zones") ZoneId zone,
            @ForAll("officeHours") WorkingTime working) {
        assertThat(BusinessCalendar.afterWorkingDays(from, days + 1, 0, zone, working))
                .isAfterOrEqualTo(BusinessCalendar.afterWorkingDays(from, days, 0, zone, working));
    }

    @Provide
    Arbitrary<Instant> moments() {
        long first = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("2032-01-01T00:00:00Z").getEpochSecond();
        return Arbitraries.longs().between(first / 60, last / 60).map(minute -> Instant.ofEpochSecond(minute * 60));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "UTC",
                        "Europe/Berlin",
                        "America/New_York",
                        "America/St_Johns",
                        "Asia/Kolkata",
                        "Asia/Kathmandu",
                        "Australia/Lord_Howe",
                        "Africa/Casablanca",
                        "America/Sao_Paulo",
                        "Asia/Beirut")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<WorkingTime> workingTimes() {
        return Arbitraries.of(
                PLAIN,
                GERMAN,
                WorkingTime.weekdays(Optional.of("US")),
                WorkingTime.weekdays(Optional.of("JP")),
                new WorkingTime(Set.of(DayOfWeek.SUNDAY), LocalTime.of(1, 30), LocalTime.of(2, 30), Optional.empty()),
                new WorkingTime(
                        EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.of(1, 0), Optional.of("FR")));
    }

    @Provide
    Arbitrary<WorkingTime> officeHours() {
        return Arbitraries.of(PLAIN, GERMAN, WorkingTime.weekdays(Optional.of("US")));
    }
}
