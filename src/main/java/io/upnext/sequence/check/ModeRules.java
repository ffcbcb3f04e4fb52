package io.upnext.sequence.check;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.Definition.Schedule;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules of the three modes. */
final class ModeRules {

    private static final int CLASSIC_STEPS = 25;
    private static final int LAST_DAY = 90;
    /** Days between two Smart runs; a year is as good as never. */
    private static final int LONGEST = 365;

    private static final Set<Step.Type> ADAPTIVE_ONLY = Set.of(Step.Type.WAIT, Step.Type.CONDITION);

    static final List<Rule> ALL = List.of(
            Rule.error("mode-step-type", ModeRules::strangers),
            Rule.error("filter-field", ModeRules::lastMails),
            Rule.error(
                    "classic-steps",
                    Design.whole(
                            design -> design.mode() == Mode.CLASSIC
                                    && design.steps().count() > CLASSIC_STEPS,
                            "A Classic sequence has at most " + CLASSIC_STEPS + " steps; take some out.")),
            Rule.error("classic-day", ModeRules::days),
            Rule.error("smart-interval", ModeRules::interval));

    private ModeRules() {}

    private static Stream<Finding> strangers(Design design) {
        Stream<Finding> steps = design.nodes().stream()
                .flatMap(node -> stranger(design.mode(), node).stream().map(sentence -> Finding.at(node, sentence)));
        return Stream.concat(steps, schedule(design));
    }

    private static Stream<Finding> schedule(Design design) {
        Schedule schedule = design.definition.schedule();
        return Stream.concat(
                Design.when(
                        design.adaptive() && schedule != null,
                        "A schedule belongs to the Classic and Smart modes; take 'schedule' out."),
                Design.when(
                        design.mode() == Mode.CLASSIC && schedule != null && schedule.every() != null,
                        "An interval belongs to the mode SMART; take 'schedule.every' out."));
    }

    /** Adaptive sequences ask about a mail with a condition of its own. */
    private static Stream<Finding> lastMails(Design design) {
        if (!design.adaptive()) {
            return Stream.empty();
        }
        return design.each(
                Step.Condition.class,
                (condition, node) -> condition.test() instanceof Step.Test.Field field
                                && field.filter() != null
                                && field.filter().leaves().stream()
                                        .anyMatch(leaf -> leaf.field().startsWith("lastEmail."))
                        ? Stream.of(Finding.at(
                                node,
                                "asks for the last mail, which only Classic and Smart sequences know; put a mail"
                                        + " condition behind the mail instead."))
                        : Stream.empty());
    }

    private static Optional<String> stranger(Mode mode, Outline.Node node) {
        Step.Timing timing = node.step().timing();
        if (mode == Mode.ADAPTIVE) {
            return timing.equals(Step.Timing.NONE)
                    ? Optional.empty()
                    : Optional.of("has 'day', 'when' or 'repeat', which belong to the Classic and Smart modes; take"
                            + " them out.");
        }
        boolean unknown = node.step() instanceof Step.GoTo
                || ADAPTIVE_ONLY.contains(node.step().type());
        if (unknown) {
            return Optional.of(
                    "is a wait, a condition or a go-to, which the mode " + mode + " does not have; take it" + " out.");
        }
        boolean strange = mode == Mode.CLASSIC ? timing.repeat() != null : timing.day() != null;
        return strange
                ? Optional.of("has '" + (mode == Mode.CLASSIC ? "repeat" : "day") + "', which the mode " + mode
                        + " does not have; take it out.")
                : Optional.empty();
    }

    private static Stream<Finding> days(Design design) {
        if (design.mode() != Mode.CLASSIC) {
            return Stream.empty();
        }
        List<Finding> findings = new ArrayList<>();
        clock(design, findings);
        int before = 1;
        for (Outline.Node node :
                design.steps().filter(node -> node.parent() == null).toList()) {
            Integer day = node.step().timing().day();
            if (day == null || day < 1 || day > LAST_DAY) {
                findings.add(Finding.at(node, "needs a day from 1 to " + LAST_DAY + "."));
            } else if (day < before) {
                findings.add(Finding.at(node, "is on day " + day + ", before the step above it; put days in order."));
            } else {
                before = day;
            }
        }
        return findings.stream();
    }

    private static Stream<Finding> interval(Design design) {
        if (design.mode() != Mode.SMART) {
            return Stream.empty();
        }
        List<Finding> findings = new ArrayList<>();
        clock(design, findings);
        Span every = Optional.ofNullable(design.definition.schedule())
                .map(Schedule::every)
                .orElse(new Span(0, 0));
        boolean negative = every.wholeDays() < 0 || every.wholeHours() < 0;
        if (negative || every.wholeDays() * 24L + every.wholeHours() < 1) {
            findings.add(Finding.of("A Smart sequence runs at an interval of at least 1 hour; set 'schedule.every'."));
        } else if (every.wholeDays() > LONGEST || every.wholeHours() > LONGEST * 24) {
            findings.add(Finding.of(
                    "A Smart sequence runs at an interval of at most " + LONGEST + " days; shorten 'schedule.every'."));
        }
        return findings.stream();
    }

    private static void clock(Design design, List<Finding> findings) {
        Definition.Schedule schedule = design.definition.schedule();
        if (schedule == null || !isTime(schedule.at())) {
            findings.add(Finding.of("The schedule needs a time of day such as 09:30 in 'schedule.at'."));
        }
        if (schedule != null && FrameRules.unknownZone(schedule.timeZone())) {
            findings.add(Finding.of("The time zone in 'schedule.timeZone' is not known."));
        }
    }

    private static boolean isTime(String text) {
        if (text == null) {
            return false;
        }
        try {
            LocalTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
