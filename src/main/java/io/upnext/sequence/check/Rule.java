package io.upnext.sequence.check;

import io.upnext.shared.Problem;
import io.upnext.shared.Problem.Severity;
import java.util.function.Function;
import java.util.stream.Stream;

/** One thing that must hold, or had better hold, of a sequence. */
record Rule(String id, Severity severity, Function<Design, Stream<Finding>> broken) {

    static Rule error(String id, Function<Design, Stream<Finding>> broken) {
        return new Rule(id, Severity.ERROR, broken);
    }

    static Rule warning(String id, Function<Design, Stream<Finding>> broken) {
        return new Rule(id, Severity.WARNING, broken);
    }

    Stream<Problem> check(Design design) {
        return broken.apply(design).map(finding -> new Problem(id, severity, finding.step(), finding.sentence()));
    }
}
