package io.upnext.enrollment;

import io.upnext.sequence.Definition;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.VersionMapping;
import io.upnext.sequence.Versions;

/** From one version to another. */
public record Passage(SequenceVersion from, SequenceVersion to, VersionMapping steps) {

    Definition.Mode mode() {
        return to.definition().effectiveMode();
    }

    /** Steps of another mode come in another way; nobody can be said to be where they were. */
    boolean sameMode() {
        return from.definition().effectiveMode() == mode();
    }

    static Passage of(SequenceVersion from, SequenceVersion to, Versions versions) {
        return new Passage(from, to, new VersionMapping(versions.index(from.id()), versions.index(to.id())));
    }
}
