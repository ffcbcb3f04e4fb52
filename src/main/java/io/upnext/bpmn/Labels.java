package io.upnext.bpmn;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.Condition;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words on the diagram where the author of the sequence gave none. */
final class Labels {

    private Labels() {}

    /** The name of a step, or what it is: {@code Replied within 2 days?}, {@code Wait 2 working days}. */
    static String of(Step step) {
        return step.name() == null || step.name().isBlank() ? kind(step) : step.name();
    }

    private static String kind(Step step) {
        if (step instanceof Condition condition) {
            return question(condition);
        }
        if (step instanceof Step.Wait wait) {
            String day = wait.counting() == Step.Wait.Counting.WORKING_DAYS ? "working day" : "day";
            return "Wait " + time(wait.span(), day);
        }
        return words(step.type().name());
    }

    private static String question(Condition condition) {
        if (condition.test() instanceof Step.Test.Mail mail) {
            return happened(mail) + " within " + time(condition.within()) + "?";
        }
        if (condition.test() instanceof Step.Test.CallOutcome call) {
            return call.outcomes() != null && call.outcomes().size() == 1
                    ? words(call.outcomes().get(0)) + "?"
                    : "Call outcome?";
        }
        if (condition.test() instanceof Step.Test.Stage stage) {
            return stage.process() + ": " + String.join(" or ", stage.in()) + "?";
        }
        return "Record matches?";
    }

    /** {@code Replied}, {@code Opened or link clicked}. */
    static String happened(Step.Test.Mail mail) {
        boolean any = mail.any() != null;
        List<Step.MailEvent> events = any ? mail.any() : mail.all();
        String text = events.stream()
                .map(event -> words(event.name()).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(any ? " or " : " and "));
        return capital(text);
    }

    /** {@code 2 days 4 hours}. */
    static String time(Span span) {
        return time(span, "day");
    }

    private static String time(Span span, String day) {
        String days = span.wholeDays() == 0 ? "" : plural(span.wholeDays(), day);
        String hours = span.wholeHours() == 0 && !days.isEmpty() ? "" : plural(span.wholeHours(), "hour");
        return (days + " " + hours).strip();
    }

    /** {@code Day 3, 09:30}. */
    static String day(Step step, String at) {
        return "Day " + step.timing().day() + ", " + at;
    }

    /** {@code Every 2 days, 09:30}. */
    static String every(Definition.Schedule schedule) {
        boolean wholeDays = schedule.every().wholeHours() == 0;
        return "Every " + time(schedule.every()) + (wholeDays ? ", " : ", first ") + schedule.at();
    }

    private static String plural(int count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }

    private static String words(String code) {
        return capital(code.replace('_', ' ').toLowerCase(Locale.ROOT));
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
