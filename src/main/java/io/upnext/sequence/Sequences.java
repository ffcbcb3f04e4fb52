package io.upnext.sequence;

import io.upnext.security.CurrentUser;
import io.upnext.shared.SequenceId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The sequences and their life: create, edit, check, activate, revise, deactivate, copy, delete. */
@Component
public class Sequences {

    /** Also finds deleted ones, so that history keeps its names. */
    public Optional<Sequence> find(SequenceId id) {
        throw new UnsupportedOperationException("stub");
    }

    public Map<SequenceId, Sequence> findAll(Collection<SequenceId> ids) {
        throw new UnsupportedOperationException("stub");
    }

    /** @throws io.upnext.shared.NotFoundException where there is none, it is deleted, or the user may not see it */
    public Sequence get(CurrentUser user, SequenceId id) {
        throw new UnsupportedOperationException("stub");
    }
}
