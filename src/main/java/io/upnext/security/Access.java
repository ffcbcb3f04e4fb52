package io.upnext.security;

import io.upnext.shared.ForbiddenException;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Says who the caller of the current request is. */
@Component
public class Access {

    private static final String CALLER = Access.class.getName() + ".caller";

    private final Users users;

    Access(Users users) {
        this.users = users;
    }

    /**
     * @throws io.upnext.shared.ForbiddenException outside of a request of a logged-in user
     */
    public CurrentUser current() {
        return find().orElseThrow(() -> new ForbiddenException("Log in first."));
    }

    /** The caller, where somebody is logged in: one snapshot for the whole request. */
    public Optional<CurrentUser> find() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof LoggedIn loggedIn)) {
            return Optional.empty();
        }
        var request = RequestContextHolder.getRequestAttributes();
        return Optional.of(request == null ? users.asCaller(loggedIn.id()) : ofRequest(request, loggedIn));
    }

    private CurrentUser ofRequest(RequestAttributes request, LoggedIn loggedIn) {
        var kept = request.getAttribute(CALLER, RequestAttributes.SCOPE_REQUEST);
        if (kept instanceof CurrentUser user && user.id().equals(loggedIn.id())) {
            return user;
        }
        var caller = users.asCaller(loggedIn.id());
        request.setAttribute(CALLER, caller, RequestAttributes.SCOPE_REQUEST);
        return caller;
    }

    /** What Spring Security is told about a user whose credentials have been checked. */
    static Authentication authenticated(Directory.Login login) {
        var user = login.user();
        var principal = new LoggedIn(user.id().value(), user.username(), login.credentialsVersion());
        var authorities = user.roles().stream().map(role -> "ROLE_" + role).toList();
        return UsernamePasswordAuthenticationToken.authenticated(
                principal, null, AuthorityUtils.createAuthorityList(authorities));
    }
}
