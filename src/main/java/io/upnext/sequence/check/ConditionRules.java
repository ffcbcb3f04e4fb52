package io.upnext.sequence.check;

import static io.upnext.sequence.check.Design.blank;

import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.Condition;
import io.upnext.sequence.Step.MailEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about conditions. */
final class ConditionRules {

    private static final int MAX_HOURS = 30 * 24;

    static final List<Rule> ALL = List.of(
            Rule.error("condition-test", ConditionRules::tests),
            Rule.error("condition-follows", ConditionRules::follows),
            Rule.error(
                    "condition-last",
                    design -> design.at(
                            node -> node.step() instanceof Condition && !node.last(),
                            "is followed by other steps; move them into its Yes or No branch.")),
            Rule.warning(
                    "condition-empty",
                    design -> design.at(
                            Condition.class,
                            condition -> condition.branch(true).isEmpty()
                                    && condition.branch(false).isEmpty(),
                            "has no steps in either branch; add some or take it out.")),
            Rule.warning(
                    "reply-branch-unreachable",
                    design -> design.at(
                            Condition.class,
                            condition -> design.options.exitOnReply() && asksForReply(condition),
                            "asks for a reply, but a reply ends the sequence first; switch 'exit on reply' off or ask"
                                    + " for something else.")),
            Rule.error("within-range", ConditionRules::within),
            Rule.error("call-outcome", ConditionRules::outcomes),
            Rule.error("stage-process", ConditionRules::stages));

    private ConditionRules() {}

    static List<MailEvent> events(Step.Test.Mail mail) {
        List<MailEvent> events = new ArrayList<>(mail.any() == null ? List.of() : mail.any());
        events.addAll(mail.all() == null ? List.of() : mail.all());
        return events;
    }

    private static boolean asksForReply(Condition condition) {
        return condition.test() instanceof Step.Test.Mail mail && events(mail).contains(MailEvent.REPLIED);
    }

    private static Stream<Finding> tests(Design design) {
        return design.each(Condition.class, (condition, node) -> test(condition.test()).stream()
                .map(sentence -> Finding.at(node, sentence)));
    }

    private static Optional<String> test(Step.Test test) {
        if (test == null) {
            return Optional.of("does not say what it asks; choose a test.");
        }
        if (test instanceof Step.Test.Mail mail) {
            if ((mail.any() == null) == (mail.all() == null)) {
                return Optional.of("must ask for any of some events or for all of them, not both and not neither.");
            }
            return events(mail).isEmpty()
                    ? Optional.of("asks for no event of the mail; choose some.")
                    : Optional.empty();
        }
        boolean noOutcome = test instanceof Step.Test.CallOutcome call
                && (call.outcomes() == null || call.outcomes().isEmpty());
        return noOutcome ? Optional.of("asks for no outcome of the call; choose some.") : Optional.empty();
    }

    private static Stream<Finding> follows(Design design) {
        return design.each(Condition.class, (condition, node) -> {
            boolean asks = condition.onMail() || condition.onCall();
            return asks && design.outline.subjectOf(node).isEmpty()
                    ? Stream.of(Finding.at(
                            node,
                            condition.onMail()
                                    ? "asks about a mail, so it must come right after a mail step."
                                    : "asks about a call, so it must come right after a phone call."))
                    : Stream.empty();
        });
    }

    private static Stream<Finding> within(Design design) {
        return design.at(
                Condition.class,
                condition -> condition.onMail() && outOfRange(condition.within()),
                "needs a limit ('within') from 1 hour to 30 days.");
    }

    private static boolean outOfRange(Span within) {
        if (within == null || within.wholeDays() < 0 || within.wholeHours() < 0) {
            return true;
        }
        long hours = within.wholeDays() * 24L + within.wholeHours();
        return hours < 1 || hours > MAX_HOURS;
    }

    private static Stream<Finding> outcomes(Design design) {
        return design.each(Condition.class, (condition, node) -> {
            if (!(condition.test() instanceof Step.Test.CallOutcome call) || call.outcomes() == null) {
                return Stream.empty();
            }
            Set<String> known = design.facts.callOutcomes();
            return call.outcomes().stream()
                    .filter(outcome -> !known.contains(outcome))
                    .map(outcome -> Finding.at(
                            node,
                            "asks for the outcome '" + outcome + "', which calls do not have; choose from "
                                    + String.join(", ", known.stream().sorted().toList()) + "."));
        });
    }

    private static Stream<Finding> stages(Design design) {
        return design.each(
                Condition.class,
                (condition, node) -> condition.test() instanceof Step.Test.Stage stage
                        ? stage(design, stage).stream().map(sentence -> Finding.at(node, sentence))
                        : Stream.empty());
    }

    private static Optional<String> stage(Design design, Step.Test.Stage stage) {
        Optional<Set<String>> stages =
                blank(stage.process()) ? Optional.empty() : design.facts.stages(design.recordType(), stage.process());
        if (stages.isEmpty()) {
            return Optional.of("names no process of the record type " + design.recordType() + "; choose one.");
        }
        boolean known =
                stage.in() != null && !stage.in().isEmpty() && stages.get().containsAll(stage.in());
        return known
                ? Optional.empty()
                : Optional.of("must name stages of the process '" + stage.process() + "': "
                        + String.join(", ", stages.get().stream().sorted().toList()) + ".");
    }
}
