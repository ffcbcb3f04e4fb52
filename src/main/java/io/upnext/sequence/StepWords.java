package io.upnext.sequence;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;

/** Says a step in the viewer's language; what its author named is called so. */
public final class StepWords {

    private final MessageSource texts;
    private final Locale locale;

    public StepWords(MessageSource texts, Locale locale) {
        this.texts = texts;
        this.locale = locale;
    }

    /** The name of a step, or what it is: {@code Wait 2 days}, {@code Condition: Opened}. */
    public String title(Step step) {
        return step.name() == null || step.name().isBlank() ? kind(step) : step.name();
    }

    private String kind(Step step) {
        if (step instanceof Step.Wait wait && wait.span() != null) {
            return text("steps.said.wait", length(wait));
        }
        String asked = step instanceof Step.Condition condition ? question(condition) : null;
        return asked == null ? text("sequence.type." + step.type()) : text("steps.said.condition", asked);
    }

    /** {@code 2 days · Working days}. */
    public String length(Step.Wait wait) {
        String counted = wait.counting() == Step.Wait.Counting.WORKING_DAYS
                ? " · " + text("sequence.counting.WORKING_DAYS")
                : "";
        return time(wait.span()) + counted;
    }

    /** What a condition asks; null where only a filter could tell. */
    public String question(Step.Condition condition) {
        if (condition.test() instanceof Step.Test.Mail mail) {
            return happened(condition, mail);
        }
        if (condition.test() instanceof Step.Test.CallOutcome call && call.outcomes() != null) {
            return call.outcomes().stream().map(this::outcome).collect(Collectors.joining(" / "));
        }
        if (condition.test() instanceof Step.Test.Stage stage && stage.in() != null) {
            return stage.process() + ": " + String.join(" / ", stage.in());
        }
        return null;
    }

    private String happened(Step.Condition condition, Step.Test.Mail mail) {
        boolean any = mail.any() != null;
        List<Step.MailEvent> events = any ? mail.any() : mail.all() == null ? List.of() : mail.all();
        String asked = events.stream()
                .map(event -> text("sequence.event." + event))
                .collect(Collectors.joining(any ? " / " : " + "));
        return condition.within() == null
                ? asked
                : asked + " · " + text("sequence.withinText", time(condition.within()));
    }

    private String outcome(String code) {
        return texts.getMessage("sequence.outcome." + code, null, code, locale);
    }

    /** {@code 2 days 4 hours}. */
    public String time(Span span) {
        String days = span.wholeDays() == 0 ? "" : text("sequence.days", span.wholeDays());
        String hours = span.wholeHours() == 0 && !days.isEmpty() ? "" : text("sequence.hours", span.wholeHours());
        return (days + " " + hours).strip();
    }

    private String text(String key, Object... values) {
        return texts.getMessage(key, values, key, locale);
    }
}
