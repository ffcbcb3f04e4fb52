package io.upnext.sequence;

import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Settings;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.SequenceId;
import org.springframework.stereotype.Component;

/** Who may see and who may change a sequence (specification §1). Its owner always may. */
@Component
class SequenceRights {

    private final Settings settings;

    SequenceRights(Settings settings) {
        this.settings = settings;
    }

    boolean sees(CurrentUser user, SequenceRow row) {
        return owns(user, row) || (user.may(Right.VIEW_SEQUENCES) && !ownOnly(user) && inReach(user, row));
    }

    boolean mayChange(CurrentUser user, SequenceRow row) {
        return owns(user, row) || (user.may(Right.EDIT_ANY_SEQUENCE) && inReach(user, row));
    }

    /** Does the user see the own sequences only? */
    boolean ownOnly(CurrentUser user) {
        return !user.may(Right.VIEW_SEQUENCES) || (settings.ownSequencesOnly() && !user.may(Right.EDIT_ANY_SEQUENCE));
    }

    void requireChange(CurrentUser user, SequenceRow row) {
        if (!mayChange(user, row)) {
            throw new ForbiddenException("You may see the sequence '" + row.name() + "', but not change it; copy it, or"
                    + " ask its owner or a manager.");
        }
    }

    static NotFoundException unknown(SequenceId id) {
        return new NotFoundException("There is no sequence '" + id + "'.");
    }

    private static boolean owns(CurrentUser user, SequenceRow row) {
        return row.owner().equals(user.id());
    }

    private static boolean inReach(CurrentUser user, SequenceRow row) {
        return user.visibleUnits() == null || (row.unit() != null && user.sees(row.unit()));
    }
}
