package io.upnext.security.web;

import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Role;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a caller who it is and what it may do. */
@RestController
@RequestMapping("/api/v1/me")
class MeApi {

    private final Access access;

    MeApi(Access access) {
        this.access = access;
    }

    record Me(
            UserId id,
            String username,
            String name,
            UnitId unit,
            Set<Role> roles,
            Set<Right> rights,
            Set<TeamId> teams,
            String locale,
            String timeZone) {

        static Me of(CurrentUser user) {
            return new Me(
                    user.id(),
                    user.username(),
                    user.name(),
                    user.unit(),
                    user.roles(),
                    user.rights(),
                    user.teams(),
                    user.locale(),
                    user.timeZone());
        }
    }

    @GetMapping
    Me me() {
        return Me.of(access.current());
    }
}
