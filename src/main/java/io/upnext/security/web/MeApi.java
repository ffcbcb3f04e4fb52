package io.upnext.security.web;

import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Role;
import io.upnext.security.UserAdministration;
import io.upnext.security.Users;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tells a caller who it is and what it may do. */
@RestController
@RequestMapping("/api/v1/me")
class MeApi {

    private final Access access;
    private final Users users;
    private final UserAdministration administration;

    MeApi(Access access, Users users, UserAdministration administration) {
        this.access = access;
        this.users = users;
        this.administration = administration;
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

    /** @param locale empty takes it away, null leaves it; likewise {@code timeZone} */
    record OwnChange(String locale, String timeZone) {}

    @PatchMapping
    Me change(@RequestBody OwnChange change) {
        var user = administration.changeOwn(access.current(), change.locale(), change.timeZone());
        return Me.of(users.asCaller(user.id()));
    }

    record NewPassword(String current, String password) {

        @Override
        public String toString() {
            return "NewPassword";
        }
    }

    /** Ends every session of the caller. */
    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(@RequestBody NewPassword wanted, HttpServletRequest request) {
        administration.changeOwnPassword(
                access.current(), wanted.current(), wanted.password(), new WebAuthenticationDetails(request));
    }
}
