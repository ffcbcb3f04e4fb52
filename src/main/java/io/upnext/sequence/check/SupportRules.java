package io.upnext.sequence.check;

import static io.upnext.sequence.check.Design.when;

import java.util.List;
import java.util.stream.Stream;

/** What can be saved, but not run by this release: one list, from which an entry goes when it can. */
final class SupportRules {

    static final List<Rule> ALL = List.of(later(design ->
            when(!design.adaptive(), "The mode " + design.mode() + " cannot be run yet; use the mode ADAPTIVE.")));

    private SupportRules() {}

    private static Rule later(java.util.function.Function<Design, Stream<Finding>> used) {
        return Rule.error("not-yet-supported", used);
    }
}
