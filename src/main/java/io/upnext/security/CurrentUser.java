package io.upnext.security;

import io.upnext.shared.Actor;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.util.Set;

/**
 * Who is calling, with everything that decides rights: an immutable snapshot taken once per request.
 *
 * @param visibleUnits the units whose records and sequences the user sees: for a manager the own unit and all below
 *     it, for a salesperson the own; {@code null} means every unit (administrator, sequence manager)
 */
public record CurrentUser(
        UserId id,
        String username,
        String name,
        UnitId unit,
        Set<Role> roles,
        Set<Right> rights,
        Set<TeamId> teams,
        Set<UnitId> visibleUnits,
        String locale,
        String timeZone) {

    public boolean may(Right right) {
        return rights.contains(right);
    }

    /** @throws ForbiddenException with a sentence that names the right */
    public void require(Right right) {
        if (!may(right)) {
            throw new ForbiddenException("You need the right '" + right + "' for this; ask an administrator.");
        }
    }

    public boolean sees(UnitId other) {
        return visibleUnits == null || visibleUnits.contains(other);
    }

    public Actor actor() {
        return new Actor(id, name);
    }
}
