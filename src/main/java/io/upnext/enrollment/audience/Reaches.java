package io.upnext.enrollment.audience;

import io.upnext.record.RecordSelections;
import io.upnext.record.RecordSelections.Asked;
import io.upnext.record.RecordSelections.Selection;
import io.upnext.record.Views;
import io.upnext.record.Views.View;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Works out whom audiences find, with the rights of their owners as they are now. */
@Component
class Reaches {

    private final Users users;
    private final Sequences sequences;
    private final Views views;
    private final RecordSelections selections;

    Reaches(Users users, Sequences sequences, Views views, RecordSelections selections) {
        this.users = users;
        this.sequences = sequences;
        this.views = views;
        this.selections = selections;
    }

    /** Everything that keeps an audience from connecting is found out here, before anything is looked for. */
    Reach of(Audience audience) {
        Optional<User> owner = users.find(audience.owner()).filter(User::active);
        if (owner.isEmpty()) {
            return Reach.none("owner", "Its owner is no longer active; give the audience to somebody else.");
        }
        CurrentUser caller = users.asCaller(audience.owner());
        if (!caller.may(Right.CONNECT_RECORDS)) {
            return Reach.none("no-right", caller.name() + ", who owns it, may no longer connect records.");
        }
        Sequence sequence;
        try {
            sequence = sequences.get(caller, audience.sequence());
        } catch (NotFoundException e) {
            return Reach.none("sequence", "Its sequence is gone, or its owner may no longer see it; choose another.");
        }
        if (sequence.activeVersion() == null) {
            return Reach.none(
                    "sequence-not-active",
                    "The sequence '" + sequence.name() + "' is not active; the audience goes on when it is activated.");
        }
        return found(audience, caller, sequence);
    }

    private Reach found(Audience audience, CurrentUser owner, Sequence sequence) {
        try {
            List<Asked> asked = asked(owner, audience.recordType(), audience.filter(), audience.views());
            Selection found = selection(owner, audience.recordType(), sequence.recordType(), asked);
            boolean ofSequences = asked.stream()
                    .filter(one -> one.filter() != null)
                    .flatMap(one -> one.filter().leaves().stream())
                    .anyMatch(Leaf::asksForSequence);
            return new Reach(owner, sequence, found, ofSequences, null);
        } catch (NotFoundException e) {
            return Reach.none("view", "A saved view of it is gone, or its owner may no longer see it; choose another.");
        } catch (InvalidException e) {
            return Reach.none("filter", e.getMessage());
        }
    }

    /**
     * @throws NotFoundException for a view that the owner may not see
     * @throws InvalidException for a filter that does not fit
     */
    Selection selection(CurrentUser owner, RecordType type, RecordType ofSequence, Filter filter, List<UUID> views) {
        return selection(owner, type, ofSequence, asked(owner, type, filter, views));
    }

    private Selection selection(CurrentUser owner, RecordType type, RecordType ofSequence, List<Asked> asked) {
        Selection found = selections.of(owner, type, asked);
        return type == ofSequence ? found : selections.contactsOf(owner, found);
    }

    private List<Asked> asked(CurrentUser owner, RecordType type, Filter filter, List<UUID> viewIds) {
        List<Asked> asked = new ArrayList<>();
        if (filter != null) {
            asked.add(new Asked(null, filter));
        }
        for (UUID id : viewIds) {
            View view = views.get(owner, id);
            if (view.recordType() != type) {
                throw new InvalidException("The view '" + view.name() + "' is about records of type "
                        + view.recordType() + ", not " + type + "; choose others.");
            }
            asked.add(new Asked(view.q(), view.filter()));
        }
        return asked;
    }
}
