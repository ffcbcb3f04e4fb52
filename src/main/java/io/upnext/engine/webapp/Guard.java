package io.upnext.engine.webapp;

import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.ProblemResponses;
import io.upnext.security.Role;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before the engine's web applications: lets through what {@link Rules} list for the caller's role, and of that
 * only requests whose body is as it should be. Not a defence on its own: the engine checks authorizations, evaluates no
 * foreign expression and runs no script either.
 */
class Guard extends OncePerRequestFilter {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT");

    private final Access access;
    private final ProblemResponses problems;
    private final Bodies bodies;
    private final TaskRequests taskRequests;

    Guard(Access access, ProblemResponses problems, Bodies bodies, TaskRequests taskRequests) {
        this.access = access;
        this.problems = problems;
        this.bodies = bodies;
        this.taskRequests = taskRequests;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            var checked = check(request, access.current());
            chain.doFilter(checked, response);
            endSessionAfterLogOut(request, response);
        } catch (RefusedException e) {
            problems.write(response, e.status(), e.getMessage());
        }
    }

    private HttpServletRequest check(HttpServletRequest request, CurrentUser caller) throws IOException {
        var path = pathOf(request);
        var administrator = caller.roles().contains(Role.ADMINISTRATOR);
        if (!Rules.isAllowed(request.getMethod(), path, administrator)) {
            throw refusal(path, administrator);
        }
        if (!WITH_BODY.contains(request.getMethod())) {
            Collections.list(request.getParameterNames()).forEach(Bodies::refuseExpression);
            return request;
        }
        var body = bodies.read(request);
        Collections.list(request.getParameterNames()).forEach(Bodies::refuseExpression);
        taskRequests.check(request.getMethod(), path, body, caller.username());
        return new CheckedRequest(request, bodies.write(body));
    }

    private static RefusedException refusal(String path, boolean administrator) {
        if (Rules.isNeverAllowed(path)) {
            return new RefusedException(
                    HttpStatus.FORBIDDEN, "There is no set-up here: administrators are made in the product.");
        }
        return RefusedException.forbidden(
                administrator
                        ? "This is not done in the engine's web applications; use the product's own pages."
                        : "You work your own steps here; everything else is in the product's own pages.");
    }

    /** Decoded once, like the paths of servlets; the firewall has refused what could be read in two ways. */
    private static String pathOf(HttpServletRequest request) {
        var inServlet = request.getPathInfo();
        return inServlet == null ? request.getServletPath() : request.getServletPath() + inServlet;
    }

    /** Who leaves Tasklist leaves the product: the next page would log in again by the session. */
    private static void endSessionAfterLogOut(HttpServletRequest request, HttpServletResponse response) {
        var session = request.getSession(false);
        if (session != null && Rules.isLogOut(pathOf(request)) && response.getStatus() < 300) {
            session.invalidate();
        }
    }
}
