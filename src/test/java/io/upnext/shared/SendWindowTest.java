package io.upnext.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendWindowTest {

    private static SendWindow window(String days, String from, String to) {
        return new WrittenWindow(List.of(days.split(" ")), from, to, null).read();
    }

    @ParameterizedTest(name = "{7}")
    @CsvSource({
        "1 2 3 4 5, 09:00, 17:00, 2026-03-04T08:00+01:00, Europe/Berlin, 2026-03-04T09:00+01:00, 2026-03-04T17:00+01:00, before it opens",
        "1 2 3 4 5, 09:00, 17:00, 2026-03-04T09:00+01:00, Europe/Berlin, 2026-03-04T09:00+01:00, 2026-03-04T17:00+01:00, as it opens",
        "1 2 3 4 5, 09:00, 17:00, 2026-03-04T12:34+01:00, Europe/Berlin, 2026-03-04T12:34+01:00, 2026-03-04T17:00+01:00, while it is open",
        "1 2 3 4 5, 09:00, 17:00, 2026-03-04T17:00+01:00, Europe/Berlin, 2026-03-05T09:00+01:00, 2026-03-05T17:00+01:00, its end is outside",
        "1 2 3 4 5, 09:00, 17:00, 2026-03-06T17:30+01:00, Europe/Berlin, 2026-03-09T09:00+01:00, 2026-03-09T17:00+01:00, over the weekend",
        "MON,       09:00, 17:00, 2026-03-03T10:00+05:30, Asia/Kolkata,  2026-03-09T09:00+05:30, 2026-03-09T17:00+05:30, a week ahead in another zone",
        "FRIDAY,    22:00, 02:00, 2026-03-07T01:00+01:00, Europe/Berlin, 2026-03-07T01:00+01:00, 2026-03-07T02:00+01:00, after midnight it is still Friday's",
        "FRIDAY,    22:00, 02:00, 2026-03-07T02:00+01:00, Europe/Berlin, 2026-03-13T22:00+01:00, 2026-03-14T02:00+01:00, but not beyond its end",
        "SUNDAY,    00:00, 24:00, 2026-03-28T10:00+01:00, Europe/Berlin, 2026-03-29T00:00+01:00, 2026-03-30T00:00+02:00, a whole day of 23 hours",
        "7,         02:30, 05:00, 2026-03-29T00:00+01:00, Europe/Berlin, 2026-03-29T03:00+02:00, 2026-03-29T05:00+02:00, it opens in the hour that is left out",
        "7,         01:00, 02:30, 2026-03-29T00:00+01:00, Europe/Berlin, 2026-03-29T01:00+01:00, 2026-03-29T03:00+02:00, it closes in the hour that is left out",
        "7,         02:00, 03:00, 2026-03-29T00:00+01:00, Europe/Berlin, 2026-04-05T02:00+02:00, 2026-04-05T03:00+02:00, it is the hour that is left out",
        "7,         02:30, 05:00, 2026-10-25T00:00+02:00, Europe/Berlin, 2026-10-25T02:30+01:00, 2026-10-25T05:00+01:00, it opens in the hour that happens twice",
        "7,         01:00, 02:30, 2026-10-25T00:00+02:00, Europe/Berlin, 2026-10-25T01:00+02:00, 2026-10-25T02:30+02:00, it closes in the hour that happens twice",
        "7,         02:00, 02:30, 2026-10-25T00:00+02:00, Europe/Berlin, 2026-10-25T02:00+02:00, 2026-10-25T02:30+02:00, it lies in the hour that happens twice",
        "5,         09:00, 17:00, 2011-12-29T18:00-10:00, Pacific/Apia,  2012-01-06T09:00+14:00, 2012-01-06T17:00+14:00, a Friday that a country left out",
    })
    void theNextOpening(
            String days,
            String from,
            String to,
            OffsetDateTime at,
            ZoneId zone,
            OffsetDateTime start,
            OffsetDateTime end,
            String rule) {
        SendWindow.Opening next = window(days, from, to).next(at.toInstant(), zone, Optional.empty());

        assertThat(next).isEqualTo(new SendWindow.Opening(start.toInstant(), end.toInstant()));
    }

    @Test
    void holidaysAreLeftOutAndUnknownCountriesHaveNone() {
        SendWindow window = window("1 2 3 4 5", "09:00", "17:00");
        Instant easterFriday = Instant.parse("2026-04-03T10:00:00Z");

        assertThat(window.next(easterFriday, ZoneId.of("Europe/Berlin"), Optional.of("DE"))
                        .start())
                .isEqualTo(Instant.parse("2026-04-07T07:00:00Z"));
        assertThat(window.isOpen(easterFriday, ZoneId.of("Europe/Berlin"), Optional.of("XX")))
                .isTrue();
    }

    @Test
    void twoOpeningsHaveInCommonWhatLiesInBoth() {
        Instant nine = Instant.parse("2026-03-04T09:00:00Z");
        var first = new SendWindow.Opening(nine, nine.plus(Duration.ofHours(3)));
        var second = new SendWindow.Opening(nine.plus(Duration.ofHours(2)), nine.plus(Duration.ofHours(5)));

        assertThat(first.and(second))
                .contains(new SendWindow.Opening(nine.plus(Duration.ofHours(2)), nine.plus(Duration.ofHours(3))));
        assertThat(first.and(new SendWindow.Opening(first.end(), second.end()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',       09:00, 17:00, days of the week",
        "FUNDAY,   09:00, 17:00, days of the week",
        "8,        09:00, 17:00, days of the week",
        "MONDAY,   9 am,  17:00, 'from'",
        "MONDAY,   09:00, 25:00, 'to'",
        "MONDAY,   09:00, ,      'to'",
        "MONDAY,   09:00, 09:00, whole day",
    })
    void whatIsNoWindowIsSaidInASentence(String days, String from, String to, String said) {
        assertThat(new WrittenWindow(List.of(days), from, to, null).mistakes())
                .anySatisfy(mistake -> assertThat(mistake).contains(said));
    }

    @Test
    void itIsWrittenAsItIsRead() {
        WrittenWindow written = new WrittenWindow(List.of("2", "mon"), "08:30", "24:00", SendWindow.Zone.SENDER);

        assertThat(WrittenWindow.of(written.read()))
                .isEqualTo(new WrittenWindow(List.of("MONDAY", "TUESDAY"), "08:30", "24:00", SendWindow.Zone.SENDER));
    }

    /** Whatever the zone, the days and the time: what is said to be open shows a local time inside. */
    @Property(tries = 2000)
    void everyOpeningLiesInsideOnTheLocalClock(
            @ForAll("windows") SendWindow window,
            @ForAll("zones") ZoneId zone,
            @ForAll @LongRange(min = 1_700_000_000L, max = 1_830_000_000L) long second) {
        Instant at = Instant.ofEpochSecond(second);

        SendWindow.Opening next = window.next(at, zone, Optional.empty());

        assertThat(next.start()).isAfterOrEqualTo(at);
        assertThat(next.end()).isAfter(next.start());
        assertInside(window, next.start().atZone(zone));
        assertInside(window, next.end().minusSeconds(1).atZone(zone));
        if (next.start().isAfter(at)) {
            assertThat(window.isOpen(at, zone, Optional.empty())).isFalse();
        }
    }

    private static void assertInside(SendWindow window, ZonedDateTime time) {
        LocalTime clock = time.toLocalTime();
        boolean overnight = !window.to().isAfter(window.from());
        boolean late = !clock.isBefore(window.from());
        DayOfWeek day =
                late || !overnight ? time.getDayOfWeek() : time.getDayOfWeek().minus(1);
        assertThat(window.days()).contains(day);
        assertThat(overnight ? late || clock.isBefore(window.to()) : late && clock.isBefore(window.to()))
                .as("%s in %s", time, window)
                .isTrue();
    }

    @Provide
    static Arbitrary<SendWindow> windows() {
        Arbitrary<Set<DayOfWeek>> days = Arbitraries.of(DayOfWeek.class).set().ofMinSize(1);
        Arbitrary<LocalTime> times =
                Arbitraries.integers().between(0, 47).map(half -> LocalTime.of(half / 2, half % 2 * 30));
        return Combinators.combine(days, times, times)
                .as((d, from, to) -> new SendWindow(d, from, to, SendWindow.Zone.RECIPIENT))
                .filter(window -> !window.from().equals(window.to()));
    }

    @Provide
    static Arbitrary<ZoneId> zones() {
        return Arbitraries.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
                .map(ZoneId::of);
    }
}
