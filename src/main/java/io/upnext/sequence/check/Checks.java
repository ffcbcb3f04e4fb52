package io.upnext.sequence.check;

import io.upnext.sequence.Definition;
import io.upnext.shared.Problem;
import io.upnext.shared.SequenceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules in one list, all problems at once. */
public final class Checks {

    private static final List<Rule> RULES = Stream.of(
                    FrameRules.ALL,
                    StepRules.ALL,
                    FlowRules.ALL,
                    ConditionRules.ALL,
                    MailRules.ALL,
                    TextRules.ALL,
                    FieldRules.ALL,
                    ModeRules.ALL)
            .flatMap(List::stream)
            .toList();

    private Checks() {}

    static Set<String> rules() {
        return RULES.stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Everything wrong with a definition: first what concerns the whole, then by step in document order.
     *
     * @param self null where it was never saved
     */
    public static List<Problem> of(SequenceId self, Definition definition, CheckFacts facts) {
        Design design = new Design(self, definition, facts);
        Map<String, Integer> order = new HashMap<>();
        design.steps().forEach(node -> order.putIfAbsent(node.step().id(), node.position()));
        return Stream.concat(RULES.stream().flatMap(rule -> rule.check(design)), FieldRules.catalogue(design))
                .distinct()
                .sorted(Comparator.comparing(
                        problem -> problem.step() == null ? -1 : order.getOrDefault(problem.step(), -1)))
                .toList();
    }

    /** @return whether a step id has the form that saving demands */
    public static boolean validId(String id) {
        return StepRules.validId(id);
    }
}
