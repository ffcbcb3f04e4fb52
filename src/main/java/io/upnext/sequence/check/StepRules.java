package io.upnext.sequence.check;

import static io.upnext.sequence.check.Design.blank;

import io.upnext.sequence.Outline;
import io.upnext.sequence.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules that every step has to keep, and how many there may be. */
final class StepRules {

    static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int NAME_LENGTH = 100;
    private static final int MAX_STEPS = 400;
    private static final int MAX_MANUAL = 40;

    static final List<Rule> ALL = List.of(
            Rule.error(
                    "step-id",
                    design -> design.at(
                            node -> node.step().type() != null
                                    && !validId(node.step().id()),
                            "needs an id of small letters, digits and hyphens that begins with a letter and has at"
                                    + " most 40 characters.")),
            Rule.error("step-id-duplicate", StepRules::duplicates),
            Rule.error(
                    "step-name",
                    design -> Stream.concat(
                            design.at(StepRules::unnamed, "has no name; give it one that sellers understand."),
                            design.at(
                                    node -> node.step().name() != null
                                            && node.step().name().length() > NAME_LENGTH,
                                    "has a name of more than " + NAME_LENGTH + " characters; shorten it."))),
            Rule.error("step-limits", StepRules::limits),
            Rule.error(
                    "due-in",
                    design -> design.at(
                            Step.Instructed.class,
                            step -> step.dueIn() != null
                                    && (step.dueIn().wholeDays() < 0
                                            || step.dueIn().wholeHours() < 0),
                            "is due before it begins; 'dueIn' must not be negative.")));

    private StepRules() {}

    static boolean validId(String id) {
        return id != null && ID.matcher(id).matches();
    }

    /** Conditions and waits say by themselves what they do; the example of the API has both without a name. */
    private static boolean unnamed(Outline.Node node) {
        Step.Type type = node.step().type();
        return type != null
                && type != Step.Type.CONDITION
                && type != Step.Type.WAIT
                && blank(node.step().name());
    }

    private static Stream<Finding> duplicates(Design design) {
        Set<String> seen = new HashSet<>();
        return design.at(
                node -> node.step().id() != null && !seen.add(node.step().id()),
                "has the id of an earlier step; give it one of its own.");
    }

    private static Stream<Finding> limits(Design design) {
        long count = design.steps().count();
        int manual = mostManualOnAnyPath(design);
        return Stream.concat(
                Design.when(
                        count > MAX_STEPS,
                        "The sequence has " + count + " steps; " + MAX_STEPS + " are the most. Go on in another"
                                + " sequence with an ADVANCE step."),
                Design.when(
                        manual > MAX_MANUAL,
                        "A path through the sequence has " + manual + " manual steps; " + MAX_MANUAL
                                + " are the most."));
    }

    /** Every way leads forward in the document, so one look from the end to the beginning is enough. */
    private static int mostManualOnAnyPath(Design design) {
        List<Outline.Node> nodes = design.nodes();
        Map<Outline.Node, Integer> most = new HashMap<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Outline.Node node = nodes.get(i);
            int own = node.step().type() != null && node.step().type().manual() ? 1 : 0;
            int rest = design.outline.after(node).stream()
                    .mapToInt(next -> most.getOrDefault(next, 0))
                    .max()
                    .orElse(0);
            most.put(node, own + rest);
        }
        return nodes.isEmpty() ? 0 : most.get(nodes.get(0));
    }
}
