package io.upnext.messaging.inspection;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The day an out-of-office answer names. "Back on" a day means that day, "until" a day too, "through" or "bis
 * einschließlich" the day after it; of a range the end. A day without a year is the next one of its kind.
 */
final class Absences {

    private static final Map<String, Integer> MONTHS = Names.load("months");
    private static final Map<String, Integer> WEEKDAYS = Names.load("weekdays");
    private static final Phrases CUES = Phrases.load("absence-cues");

    private static final int LONGEST = 4_000;
    private static final int BEFORE = 45;
    private static final int AFTER = 45;

    /** A date without a year that lies so far back is meant for next year; one that lies less far back is over. */
    private static final int LONG_PAST_DAYS = 90;

    private static final String MONTH = "(" + Names.pattern(MONTHS) + ")";

    private static final Pattern ISO = Pattern.compile("(?<!\\d)(20\\d\\d)[-/.](\\d{1,2})[-/.](\\d{1,2})(?!\\d)");
    private static final Pattern CJK = Pattern.compile("(?:(20\\d\\d)\\s?年\\s?)?(\\d{1,2})\\s?月\\s?(\\d{1,2})\\s?日");
    private static final Pattern DAY_MONTH =
            Pattern.compile("(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|er|º|ª|\\.)?\\s{0,3}(?:of |de |d'|di |den )?\\s{0,2}"
                    + MONTH + "(?!\\p{L})(?:\\.?,?\\s{0,3}(?:de |del |of )?(20\\d\\d))?");
    private static final Pattern MONTH_DAY = Pattern.compile(
            "(?<!\\p{L})" + MONTH + "\\.?\\s{1,3}(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s{0,3}(20\\d\\d))?");
    private static final Pattern NUMERIC = Pattern.compile(
            "(?<![\\d.,/])(\\d{1,2})(?:\\.\\s?(\\d{1,2})(?:\\.\\s?(20\\d\\d|\\d\\d(?!\\d|[:.]\\d))?|(?![\\d.])(?!\\s?(?:uhr|h|pm|am)))|/(\\d{1,2})(?:/(20\\d\\d|\\d\\d))?|-(\\d{1,2})-(20\\d\\d|\\d\\d))(?!\\d)");
    private static final Pattern WEEKDAY = Pattern.compile("(?<!\\p{L})(" + Names.pattern(WEEKDAYS) + ")(?!\\p{L})");

    private enum Cue {
        BACK,
        THROUGH,
        UNTIL,
        FROM,
        NONE
    }

    private record Named(int start, int end, LocalDate date, boolean weekday) {}

    private record Read(Cue cue, LocalDate date, boolean weekday) {}

    private final String text;
    private final LocalDate sent;
    private final boolean monthFirst;

    private Absences(String text, LocalDate sent, boolean monthFirst) {
        this.text = text;
        this.sent = sent;
        this.monthFirst = monthFirst;
    }

    /**
     * @param text subject and own text of the answer
     * @param sent the day it was written
     * @param monthFirst whether 03/04 is the fourth of March
     */
    static Optional<LocalDate> backOn(String text, LocalDate sent, boolean monthFirst) {
        String normal = Phrases.normal(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        return new Absences(normal, sent, monthFirst).backOn();
    }

    private Optional<LocalDate> backOn() {
        List<Read> dates = read(named());
        Predicate<Read> certain = read -> !read.weekday();
        return first(dates, Cue.BACK, certain)
                .or(() -> last(dates, Cue.THROUGH, certain).map(day -> day.plusDays(1)))
                .or(() -> last(dates, Cue.UNTIL, certain))
                .or(() -> first(dates, Cue.BACK, Read::weekday))
                .or(() -> last(dates, Cue.THROUGH, Read::weekday).map(day -> day.plusDays(1)))
                .or(() -> last(dates, Cue.UNTIL, Read::weekday))
                .or(() -> last(dates, Cue.NONE, certain));
    }

    private Optional<LocalDate> first(List<Read> dates, Cue cue, Predicate<Read> which) {
        return future(dates, cue, which).findFirst();
    }

    private Optional<LocalDate> last(List<Read> dates, Cue cue, Predicate<Read> which) {
        return future(dates, cue, which).max(Comparator.naturalOrder());
    }

    private java.util.stream.Stream<LocalDate> future(List<Read> dates, Cue cue, Predicate<Read> which) {
        return dates.stream()
                .filter(read -> read.cue() == cue)
                .filter(which)
                .map(Read::date)
                .filter(date -> date.isAfter(sent));
    }

    /** What stands before each date, since the one before it, and what right after it. */
    private List<Read> read(List<Named> named) {
        List<Read> read = new ArrayList<>();
        int last = 0;
        for (Named date : named) {
            String before = text.substring(Math.max(last, Math.min(date.start(), date.start() - BEFORE)), date.start());
            String after = text.substring(date.end(), Math.min(text.length(), date.end() + AFTER));
            read.add(new Read(cue(before, after), date.date(), date.weekday()));
            last = date.end();
        }
        return read;
    }

    private static Cue cue(String before, String after) {
        String near = sentence(before) + " ";
        String word = CUES.first(near);
        Cue cue = word == null ? Cue.NONE : Cue.valueOf(word);
        String next = after.split("[.!?] ", 2)[0];
        if (cue == Cue.UNTIL && next.matches(" ?\\(?(?:inclu|inkl|incl|einschl|włącznie|まで).*")) {
            return Cue.THROUGH;
        }
        if (next.startsWith("まで") || next.startsWith(" まで")) {
            return Cue.THROUGH;
        }
        boolean again = "BACK".equals(CUES.first(" " + next));
        return again && (cue == Cue.FROM || cue == Cue.NONE) ? Cue.BACK : cue;
    }

    /** What belongs to the date's own sentence; a dot after a number or an abbreviation ends none. */
    private static String sentence(String before) {
        int end = Math.max(before.lastIndexOf("! "), before.lastIndexOf("? "));
        for (int at = before.lastIndexOf(". "); at > 1; at = before.lastIndexOf(". ", at - 1)) {
            if (Character.isLetter(before.charAt(at - 1)) && Character.isLetter(before.charAt(at - 2))) {
                end = Math.max(end, at);
                break;
            }
        }
        return end < 0 ? before : before.substring(end + 1);
    }

    private List<Named> named() {
        List<Named> found = new ArrayList<>();
        find(ISO, found, m -> date(m.group(1), m.group(2), m.group(3)));
        find(CJK, found, m -> date(m.group(1), m.group(2), m.group(3)));
        find(DAY_MONTH, found, m -> date(m.group(3), month(m.group(2)), m.group(1)));
        find(MONTH_DAY, found, m -> date(m.group(3), month(m.group(1)), m.group(2)));
        find(NUMERIC, found, this::numeric);
        Matcher weekday = WEEKDAY.matcher(text);
        while (weekday.find()) {
            DayOfWeek day = DayOfWeek.of(WEEKDAYS.get(weekday.group(1)));
            Named one = new Named(weekday.start(), weekday.end(), sent.with(TemporalAdjusters.next(day)), true);
            // "Monday, 12 May" is the twelfth of May.
            if (found.stream().noneMatch(date -> date.start() - one.end() >= 0 && date.start() - one.end() <= 8)) {
                found.add(one);
            }
        }
        found.sort(Comparator.comparingInt(Named::start));
        return found;
    }

    private interface Reading {
        LocalDate of(MatchResult match);
    }

    private void find(Pattern pattern, List<Named> found, Reading reading) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find() && found.size() < 50) {
            int start = matcher.start();
            int end = matcher.end();
            LocalDate date = reading.of(matcher);
            if (date != null && found.stream().noneMatch(other -> start < other.end() && other.start() < end)) {
                found.add(new Named(start, end, date, false));
            }
        }
    }

    private LocalDate numeric(MatchResult m) {
        if (m.group(2) != null) {
            return date(m.group(3), m.group(2), m.group(1));
        }
        if (m.group(6) != null) {
            return date(m.group(7), m.group(6), m.group(1));
        }
        int first = Integer.parseInt(m.group(1));
        int second = Integer.parseInt(m.group(4));
        if (first == 24 && second == 7 && m.group(5) == null) {
            return null;
        }
        boolean month = second > 12 || monthFirst && first <= 12;
        return month ? date(m.group(5), m.group(1), m.group(4)) : date(m.group(5), m.group(4), m.group(1));
    }

    private static String month(String name) {
        return String.valueOf(MONTHS.get(name));
    }

    /** Null where there is no such day. */
    private LocalDate date(String year, String month, String day) {
        try {
            if (year != null) {
                int number = Integer.parseInt(year);
                return LocalDate.of(
                        number < 100 ? 2000 + number : number, Integer.parseInt(month), Integer.parseInt(day));
            }
            LocalDate thisYear = LocalDate.of(sent.getYear(), Integer.parseInt(month), Integer.parseInt(day));
            return thisYear.isBefore(sent.minusDays(LONG_PAST_DAYS)) ? thisYear.plusYears(1) : thisYear;
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }
}
