package io.upnext.messaging;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.Problem;
import io.upnext.shared.SendWindow;
import io.upnext.shared.WrittenWindow;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much a mailbox may send and when; what is null is not limited. This is its form in JSON, too.
 *
 * @param dailyCap most mails on one day of the organisation's time zone
 * @param minGapSeconds least time between two mails
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MailLimits(WrittenWindow window, Integer dailyCap, Integer minGapSeconds, Ramp ramp) {

    public static final MailLimits NONE = new MailLimits(null, null, null, null);

    static final int MOST_A_DAY = 1_000_000;
    static final int LONGEST_GAP = 86_400;

    /**
     * A mailbox that is warmed up: {@code start} mails on its first day, {@code add} more on each day of the calendar
     * that follows, until the daily cap is reached.
     *
     * @param since its first day; set when the ramp is saved
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ramp(Integer start, Integer add, LocalDate since) {

        private boolean same(Ramp other) {
            return other != null && Objects.equals(start, other.start) && Objects.equals(add, other.add);
        }

        private long on(LocalDate day) {
            long days = since == null ? 0 : Math.max(0, ChronoUnit.DAYS.between(since, day));
            return start + add * days;
        }
    }

    @JsonIgnore
    public boolean isNone() {
        return equals(NONE);
    }

    /** The window; the limits have no {@link #problems}. */
    public Optional<SendWindow> sendWindow() {
        return Optional.ofNullable(window).map(WrittenWindow::read);
    }

    /** How many mails that day may have, by cap and ramp; empty where any number. */
    public OptionalInt capOn(LocalDate day) {
        long byRamp = ramp == null ? Long.MAX_VALUE : ramp.on(day);
        long cap = Math.min(byRamp, dailyCap == null ? Long.MAX_VALUE : dailyCap);
        return cap == Long.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) Math.min(cap, MOST_A_DAY));
    }

    /** As they are stored. A ramp that is new or changed begins on that day; one that is as it was goes on. */
    public MailLimits begun(LocalDate today, MailLimits before) {
        WrittenWindow plain = sendWindow().map(WrittenWindow::of).orElse(null);
        if (ramp == null) {
            return new MailLimits(plain, dailyCap, minGapSeconds, null);
        }
        LocalDate since = before != null && ramp.same(before.ramp) ? before.ramp.since : today;
        return new MailLimits(plain, dailyCap, minGapSeconds, new Ramp(ramp.start, ramp.add, since));
    }

    /** What is wrong with them; the rule is the JSON's field. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (window != null) {
            window.mistakes().forEach(mistake -> problems.add(Problem.error("window", mistake)));
        }
        within(problems, "dailyCap", dailyCap, 1, MOST_A_DAY);
        within(problems, "minGapSeconds", minGapSeconds, 0, LONGEST_GAP);
        if (ramp != null) {
            if (ramp.start == null || ramp.add == null) {
                problems.add(
                        Problem.error("ramp", "'ramp' needs 'start' and 'add', such as 20 mails and 5 more a day."));
            }
            within(problems, "ramp", "ramp.start", ramp.start, 1, MOST_A_DAY);
            within(problems, "ramp", "ramp.add", ramp.add, 0, MOST_A_DAY);
        }
        return problems;
    }

    private static void within(List<Problem> problems, String rule, Integer value, int least, int most) {
        within(problems, rule, rule, value, least, most);
    }

    private static void within(List<Problem> problems, String rule, String name, Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            problems.add(Problem.error(
                    rule,
                    "'%s' must be a whole number from %d to %,d; leave it out for no limit."
                            .formatted(name, least, most)));
        }
    }
}
