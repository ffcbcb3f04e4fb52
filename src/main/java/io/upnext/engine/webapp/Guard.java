package io.upnext.engine.webapp;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Role;
import io.upnext.security.SecurityChains;
import io.upnext.shared.ForbiddenException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Stands before the engine's web applications: lets through what {@link Rules} list for the caller's role, and of that
 * only requests whose body is as it should be. Not a defence on its own: the engine checks authorizations, evaluates no
 * foreign expression and runs no script either.
 */
class Guard extends OncePerRequestFilter {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT");

    private final Access access;
    private final ObjectMapper json;
    private final Bodies bodies;
    private final TaskRequests taskRequests;

    Guard(Access access, ObjectMapper json, Bodies bodies, TaskRequests taskRequests) {
        this.access = access;
        this.json = json;
        this.bodies = bodies;
        this.taskRequests = taskRequests;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            var checked = check(request, access.current());
            if (checked == request) {
                chain.doFilter(request, response);
            } else {
                change(checked, response, chain);
            }
        } catch (RefusedException e) {
            if (isPage(request)) {
                show(request, response, e);
            } else {
                refuse(response, e);
            }
        }
    }

    /** Somebody opened it in a browser; the web applications' own requests ask for JSON. */
    private static boolean isPage(HttpServletRequest request) {
        return "GET".equals(request.getMethod())
                && !pathOf(request).startsWith("/camunda/api")
                && String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains(MediaType.TEXT_HTML_VALUE);
    }

    /** The product's own page about what was refused, with the way back. */
    private static void show(HttpServletRequest request, HttpServletResponse response, RefusedException refusal)
            throws ServletException, IOException {
        request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, new ForbiddenException(refusal.getMessage()));
        request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, request.getRequestURI());
        response.setHeader("Content-Security-Policy", SecurityChains.CONTENT_SECURITY_POLICY);
        try {
            request.getRequestDispatcher("/error").forward(request, response);
        } finally {
            request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
        }
    }

    /** What fails for a reason of the product is answered with that reason. */
    private void change(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var kept = new ContentCachingResponseWrapper(response);
        LastRefusal.forget();
        try {
            chain.doFilter(request, kept);
            var refusal = kept.getStatus() < 400 ? null : LastRefusal.find().orElse(null);
            if (refusal == null) {
                kept.copyBodyToResponse();
            } else {
                kept.resetBuffer();
                refuse(response, refusal);
            }
        } finally {
            LastRefusal.forget();
        }
        endSessionAfterLogOut(request, response);
    }

    /** A problem as everywhere, and the sentence once more where the web applications look for it. */
    private void refuse(HttpServletResponse response, RefusedException refusal) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "about:blank");
        problem.put("title", refusal.status().getReasonPhrase());
        problem.put("status", refusal.status().value());
        problem.put("detail", refusal.getMessage());
        problem.put("message", refusal.getMessage());
        response.setStatus(refusal.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
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
