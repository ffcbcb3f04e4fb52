package io.upnext.enrollment;

import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.StepIndex;
import io.upnext.sequence.VersionMapping;

/** From one version to another. */
public record Passage(SequenceVersion from, SequenceVersion to, VersionMapping steps) {

    static Passage of(SequenceVersion from, SequenceVersion to) {
        return new Passage(
                from, to, new VersionMapping(StepIndex.of(from.definition()), StepIndex.of(to.definition())));
    }
}
