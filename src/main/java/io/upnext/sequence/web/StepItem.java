package io.upnext.sequence.web;

import io.upnext.sequence.Outline;
import io.upnext.sequence.Step;
import io.upnext.sequence.StepWords;
import io.upnext.shared.Problem;
import io.upnext.shared.filter.Filter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;

/** One line of the outline of a sequence, with its branches where it is a condition. */
record StepItem(
        String place,
        String type,
        String id,
        String title,
        String summary,
        String icon,
        boolean condition,
        boolean first,
        boolean last,
        List<Problem> problems,
        List<StepItem> yes,
        List<StepItem> no) {

    /** Makes the lines of an outline in the viewer's language. */
    static final class Lines {

        private final MessageSource texts;
        private final Locale locale;
        private final StepWords words;
        private final List<Outline.Node> nodes;
        private final List<Problem> problems;
        private final Function<Filter, String> filters;
        private final Map<String, String> targets;

        /**
         * @param filters says a filter in words
         * @param targets names of the sequences that steps advance to, by id
         */
        Lines(
                MessageSource texts,
                Locale locale,
                Outline outline,
                List<Problem> problems,
                Function<Filter, String> filters,
                Map<String, String> targets) {
            this.filters = filters;
            this.texts = texts;
            this.locale = locale;
            this.words = new StepWords(texts, locale);
            this.nodes = outline.nodes();
            this.problems = problems;
            this.targets = targets;
        }

        List<StepItem> trunk() {
            return below(null, null);
        }

        private List<StepItem> below(Outline.Node parent, Boolean answer) {
            return nodes.stream()
                    .filter(node -> node.parent() == parent
                            && (parent == null || node.answer().equals(answer)))
                    .map(this::item)
                    .toList();
        }

        private StepItem item(Outline.Node node) {
            Step step = node.step();
            boolean condition = step instanceof Step.Condition;
            String type = step.type() == null ? "GO_TO" : step.type().name();
            return new StepItem(
                    node.place(),
                    type,
                    step.id(),
                    title(step, type),
                    summary(step),
                    Icons.of(type),
                    condition,
                    node.index() == 0,
                    node.last(),
                    problems.stream()
                            .filter(problem ->
                                    problem.step() != null && problem.step().equals(step.id()))
                            .toList(),
                    condition ? below(node, true) : List.of(),
                    condition ? below(node, false) : List.of());
        }

        private String title(Step step, String type) {
            if (step instanceof Step.GoTo goTo) {
                return text("sequence.goTo", target(goTo));
            }
            return step.name() == null || step.name().isBlank() ? text("sequence.type." + type) : step.name();
        }

        private String target(Step.GoTo goTo) {
            return nodes.stream()
                    .map(Outline.Node::step)
                    .filter(step -> step.id() != null && step.id().equals(goTo.target()))
                    .findFirst()
                    .map(step -> title(step, step.type().name()))
                    .orElse(goTo.target());
        }

        private String summary(Step step) {
            return Stream.concat(timing(step.timing()), Stream.of(details(step), step.description()))
                    .filter(part -> part != null && !part.isBlank())
                    .collect(Collectors.joining(" · "));
        }

        private Stream<String> timing(Step.Timing timing) {
            return Stream.of(
                    timing.day() == null ? "" : text("modes.day", String.valueOf(timing.day())),
                    timing.when() == null ? "" : text("modes.when", filters.apply(timing.when())),
                    Boolean.TRUE.equals(timing.repeat()) ? text("modes.repeat") : "");
        }

        private String details(Step step) {
            if (step instanceof Step.Email email) {
                return email.template();
            }
            if (step instanceof Step.Text text) {
                return text.template();
            }
            if (step instanceof Step.AbTest test) {
                return text(
                        "abtest.summary",
                        shown(test.templateA()),
                        shown(test.templateB()),
                        test.share(),
                        100 - test.share(),
                        text("abtest.winner." + test.decidedBy()));
            }
            if (step instanceof Step.Wait wait) {
                return words.length(wait);
            }
            if (step instanceof Step.Instructed task && task.dueIn() != null) {
                return text("sequence.due", words.time(task.dueIn()));
            }
            if (step instanceof Step.UpdateField update) {
                return sets(update);
            }
            if (step instanceof Step.Advance advance && advance.sequence() != null) {
                return targets.getOrDefault(advance.sequence(), advance.sequence());
            }
            return step instanceof Step.Condition condition ? question(condition) : null;
        }

        private String sets(Step.UpdateField update) {
            return update.field() == null || update.value() == null
                    ? null
                    : text(
                            "choices.sets",
                            filters.apply(new Filter.Leaf(update.field(), Filter.Op.EQUALS, update.value())));
        }

        private static String shown(String template) {
            return template == null ? "–" : template;
        }

        private String question(Step.Condition condition) {
            return condition.test() instanceof Step.Test.Field field
                    ? field.filter() == null ? null : filters.apply(field.filter())
                    : words.question(condition);
        }

        private String text(String key, Object... values) {
            return texts.getMessage(key, values, key, locale);
        }
    }

    /** Bootstrap Icons by step type. */
    static final class Icons {
        private Icons() {}

        static String of(String type) {
            return switch (type) {
                case "EMAIL" -> "envelope";
                case "AUTOMATED_EMAIL" -> "send";
                case "PHONE_CALL" -> "telephone";
                case "TASK" -> "check2-square";
                case "TEXT_MESSAGE" -> "chat-dots";
                case "AUTOMATED_TEXT" -> "chat-dots-fill";
                case "LINKEDIN_RESEARCH", "LINKEDIN_INTRODUCTION", "LINKEDIN_CONNECT", "LINKEDIN_INMAIL" -> "linkedin";
                case "WAIT" -> "hourglass-split";
                case "UPDATE_FIELD" -> "pencil-square";
                case "ADVANCE" -> "box-arrow-right";
                case "CONDITION" -> "signpost-split";
                case "AB_TEST" -> "subtract";
                default -> "arrow-return-right";
            };
        }
    }
}
