package io.upnext.enrollment.audience;

import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.AudienceId;
import io.upnext.shared.NotFoundException;
import org.springframework.stereotype.Component;

/** One audience for somebody: to look at it, or to change it while everybody else waits. */
@Component
class AudienceAccess {

    private final AudienceRows rows;
    private final AudienceRights rights;

    AudienceAccess(AudienceRows rows, AudienceRights rights) {
        this.rows = rows;
        this.rights = rights;
    }

    /** @throws NotFoundException where there is none that the user may see */
    Audience seen(CurrentUser user, AudienceId id) {
        user.require(Right.MANAGE_AUDIENCES);
        return rows.find(id)
                .filter(audience -> rights.sees(user, audience.owner()))
                .orElseThrow(() -> unknown(id));
    }

    /** For changes: who may not is refused before and after waiting for the others. */
    Audience locked(CurrentUser user, AudienceId id) {
        rights.requireChange(user, seen(user, id).owner());
        Audience audience = rows.lock(id).orElseThrow(() -> unknown(id));
        rights.requireChange(user, audience.owner());
        return audience;
    }

    private static NotFoundException unknown(AudienceId id) {
        return new NotFoundException("There is no audience '" + id + "'.");
    }
}
