package io.upnext.enrollment.audience;

import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.UserId;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Who may see and change an audience. It acts with its owner's rights, so only somebody who sees as much as the owner may
 * change what it looks for.
 */
@Component
class AudienceRights {

    private final Users users;

    AudienceRights(Users users) {
        this.users = users;
    }

    boolean sees(CurrentUser user, UserId owner) {
        return owner.equals(user.id())
                || user.visibleUnits() == null
                || users.find(owner).map(User::unit).filter(user::sees).isPresent();
    }

    /** Whose audiences the user sees; null for everybody's. */
    List<UserId> owners(CurrentUser user) {
        return user.visibleUnits() == null
                ? null
                : users.all().stream()
                        .map(User::id)
                        .filter(id -> sees(user, id))
                        .toList();
    }

    boolean covers(CurrentUser user, UserId owner) {
        if (owner.equals(user.id()) || user.visibleUnits() == null) {
            return true;
        }
        if (users.find(owner).isEmpty()) {
            return false;
        }
        var units = users.asCaller(owner).visibleUnits();
        return units != null && user.visibleUnits().containsAll(units);
    }

    /** @throws ForbiddenException where the owner sees more than the caller */
    void requireChange(CurrentUser user, UserId owner) {
        user.require(Right.MANAGE_AUDIENCES);
        if (!covers(user, owner)) {
            throw new ForbiddenException("The audience finds records with the rights of its owner, who sees more than"
                    + " you; ask the owner to change it.");
        }
    }
}
