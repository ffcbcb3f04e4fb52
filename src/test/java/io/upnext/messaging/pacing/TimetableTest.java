package io.upnext.messaging.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailLimits;
import io.upnext.messaging.pacing.Taken.Slot;
import io.upnext.messaging.pacing.Timetable.LocalWindow;
import io.upnext.messaging.pacing.Timetable.Wish;
import io.upnext.shared.DaysOff;
import io.upnext.shared.WrittenWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId DUBAI = ZoneId.of("Asia/Dubai");
    /** A Monday, 10:00 in Berlin. */
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static final List<String> WEEKDAYS = List.of("1", "2", "3", "4", "5");

    private final Taken taken = Taken.nothing();

    private Timetable timetable(MailLimits mailbox, int user, int organisation) {
        return new Timetable(
                NOW, BERLIN, ZoneId.of("UTC"), new Caps.InForce(mailbox, user, organisation), taken, new Random(7));
    }

    private static MailLimits limits(Integer cap, Integer gap) {
        return new MailLimits(null, cap, gap, null);
    }

    private static Wish wish(LocalWindow... windows) {
        return new Wish(NOW, false, List.of(windows));
    }

    private static LocalWindow window(String from, String to, ZoneId zone) {
        return new LocalWindow(new WrittenWindow(WEEKDAYS, from, to, null).read(), zone, DaysOff.NONE);
    }

    private static List<Slot> place(Timetable timetable, int count, Wish wish) {
        return IntStream.range(0, count)
                .mapToObj(i -> timetable.place(wish).orElseThrow())
                .toList();
    }

    private static Map<LocalDate, Long> byDay(List<Slot> slots) {
        return slots.stream().collect(Collectors.groupingBy(Slot::day, Collectors.counting()));
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    @Test
    void withoutLimitsItIsNowAndForever() {
        assertThat(timetable(MailLimits.NONE, 0, 0).place(wish()))
                .contains(new Slot(NOW, null, LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 2)));
    }

    @Test
    void aDayTakesNoMoreThanItsCapWhateverIsTakenAlready() {
        taken.mailbox().put(LocalDate.of(2026, 3, 2), 3);

        List<Slot> slots = place(timetable(limits(5, null), 0, 0), 12, wish(window("09:00", "17:00", BERLIN)));

        assertThat(byDay(slots).values()).containsExactlyInAnyOrder(2L, 5L, 5L);
        assertThat(slots.get(11).at()).isEqualTo(at("2026-03-04T08:00:00Z"));
        assertThat(slots.get(11).until()).isEqualTo(at("2026-03-04T16:00:00Z"));
    }

    @Test
    void theRampGrowsByTheDayUpToTheCap() {
        MailLimits ramp = new MailLimits(null, 5, null, new MailLimits.Ramp(2, 2, LocalDate.of(2026, 3, 2)));

        Map<LocalDate, Long> days = byDay(place(timetable(ramp, 0, 0), 16, wish()));

        assertThat(days)
                .containsEntry(LocalDate.of(2026, 3, 2), 2L)
                .containsEntry(LocalDate.of(2026, 3, 3), 4L)
                .containsEntry(LocalDate.of(2026, 3, 4), 5L)
                .containsEntry(LocalDate.of(2026, 3, 5), 5L);
    }

    @Test
    void capsOfTheUserAndTheOrganisationHoldToo() {
        taken.user().put(LocalDate.of(2026, 3, 2), 4);
        taken.organisation().put(LocalDate.of(2026, 3, 3), 9);

        Map<LocalDate, Long> days = byDay(place(timetable(limits(5, null), 4, 10), 4, wish()));

        // On Tuesday the organisation has one place left, whose day ends an hour after Berlin's
        assertThat(days).doesNotContainKey(LocalDate.of(2026, 3, 2));
        assertThat(taken.organisation().get(LocalDate.of(2026, 3, 3))).isLessThanOrEqualTo(10);
        assertThat(taken.organisation().get(LocalDate.of(2026, 3, 2))).isLessThanOrEqualTo(10);
    }

    @Test
    void bothWindowsApplyEachInItsZone() {
        Slot slot = timetable(MailLimits.NONE, 0, 0)
                .place(wish(window("09:00", "17:00", BERLIN), window("09:00", "14:00", DUBAI)))
                .orElseThrow();

        // 09:00 in Berlin is 12:00 in Dubai; today it is 13:00 there already
        assertThat(slot.at()).isEqualTo(NOW);
        assertThat(slot.until()).isEqualTo(at("2026-03-02T10:00:00Z"));
    }

    @Test
    void windowsThatNeverMeetLeaveItWithoutATime() {
        Wish never = wish(window("09:00", "10:00", BERLIN), window("03:00", "04:00", BERLIN));

        assertThat(timetable(MailLimits.NONE, 0, 0).place(never)).isEmpty();
    }

    @Test
    void neighboursKeepTheGapAndNeverLeaveLikeClockwork() {
        taken.times().add(NOW.plusSeconds(30).toEpochMilli());
        List<Slot> slots = place(timetable(limits(null, 60), 0, 0), 2_000, wish(window("09:00", "17:00", BERLIN)));

        List<Long> times = new ArrayList<>(taken.times());
        List<Long> gaps = IntStream.range(1, times.size())
                .mapToObj(i -> times.get(i) - times.get(i - 1))
                .toList();
        assertThat(gaps).allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(60_000L));
        assertThat(gaps.stream().distinct().count()).isGreaterThan(1_000);
        assertThat(slots).allSatisfy(slot -> assertThat(
                        window("09:00", "17:00", BERLIN).window().isOpen(slot.at(), BERLIN, Optional.empty()))
                .isTrue());
        assertThat(byDay(slots).values().stream().max(Comparator.naturalOrder()).orElseThrow())
                .isBetween(300L, 480L);
    }

    @Test
    void anUrgentOneHeedsOnlyTheCaps() {
        taken.mailbox().put(LocalDate.of(2026, 3, 2), 5);
        Wish urgent = new Wish(NOW, true, List.of(window("20:00", "21:00", BERLIN)));

        Timetable timetable = timetable(limits(5, 600), 0, 0);

        assertThat(timetable.fullNow()).map(Timetable.Full::cap).contains(5);
        assertThat(timetable.place(urgent).orElseThrow().at()).isEqualTo(at("2026-03-02T23:00:00Z"));
    }

    @Test
    void aHundredThousandArePlacedInOneGo() {
        List<Slot> slots = place(timetable(limits(500, 30), 0, 0), 100_000, wish(window("09:00", "17:00", DUBAI)));

        assertThat(byDay(slots)).hasSize(201);
    }
}
