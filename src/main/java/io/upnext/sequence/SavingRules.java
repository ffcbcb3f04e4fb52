package io.upnext.sequence;

import io.upnext.sequence.check.Checks;
import io.upnext.shared.InvalidException;
import io.upnext.shared.Problem;
import java.util.ArrayList;
import java.util.List;

/** The little that even a draft must keep; everything else is saved and reported by the checks. */
final class SavingRules {

    private static final int NAME_LENGTH = 160;

    private SavingRules() {}

    /** @throws InvalidException listing the names that are too long and the step ids that are malformed */
    static void keep(Definition definition) {
        List<Problem> problems = new ArrayList<>();
        String name = definition.name();
        if (name != null && name.codePointCount(0, name.length()) > NAME_LENGTH) {
            problems.add(
                    Problem.error("name-length", "'name' is longer than " + NAME_LENGTH + " characters; shorten it."));
        }
        for (Outline.Node node : Outline.of(definition).nodes()) {
            String id = node.step().id();
            if (id != null && !Checks.validId(id)) {
                problems.add(Problem.error(
                        "step-id",
                        "'" + node.place() + ".id' is '" + shortened(id) + "'; an id begins with a small letter, goes"
                                + " on with small letters, digits and hyphens, and has at most 40 characters."));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
