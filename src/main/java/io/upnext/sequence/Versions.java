package io.upnext.sequence;

import io.upnext.shared.SequenceId;
import io.upnext.shared.VersionId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Frozen versions, from a bounded cache: they never change. */
@Component
public class Versions {

    /** @throws io.upnext.shared.NotFoundException where there is none */
    public SequenceVersion get(VersionId id) {
        throw new UnsupportedOperationException("stub");
    }

    /** The definition of a version with its steps looked up by id and its options resolved. */
    public StepIndex index(VersionId id) {
        throw new UnsupportedOperationException("stub");
    }

    /** The version new enrollments of the sequence run on; empty unless it is active. */
    public Optional<SequenceVersion> active(SequenceId id) {
        throw new UnsupportedOperationException("stub");
    }
}
