package io.upnext.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Log-ins kept in browser sessions, for every filter chain. A session counts for nothing once its user is inactive or
 * has another password; nor where the request brings its own credentials, because such requests need no CSRF token.
 */
@Component
public class Sessions implements SecurityContextRepository {

    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();
    private final DirectoryRows directory;

    Sessions(DirectoryRows directory) {
        this.directory = directory;
    }

    /** Is the caller logged in by the session, so that a foreign page could ride on it? */
    boolean isLoggedIn(HttpServletRequest request) {
        return loadDeferredContext(request).get().getAuthentication() != null;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Deferred(
                () -> stillValid(sessions.loadDeferredContext(request).get(), request));
    }

    private SecurityContext stillValid(SecurityContext kept, HttpServletRequest request) {
        var authentication = kept.getAuthentication();
        var anonymous = authentication == null || !(authentication.getPrincipal() instanceof LoggedIn);
        if (!anonymous && request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
            var loggedIn = (LoggedIn) authentication.getPrincipal();
            var now = directory.current().logins.get(loggedIn.id());
            if (now != null && now.user().active() && now.credentialsVersion() == loggedIn.credentialsVersion()) {
                return kept;
            }
        }
        return SecurityContextHolder.createEmptyContext();
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return loadDeferredContext(holder.getRequest()).get();
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        // Who sends credentials with every request gets no session
        if (request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
            sessions.saveContext(context, request, response);
        }
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return sessions.containsContext(request);
    }

    private static final class Deferred implements DeferredSecurityContext {

        private final Supplier<SecurityContext> loader;
        private SecurityContext context;

        Deferred(Supplier<SecurityContext> loader) {
            this.loader = loader;
        }

        @Override
        public SecurityContext get() {
            if (context == null) {
                context = loader.get();
            }
            return context;
        }

        @Override
        public boolean isGenerated() {
            return get().getAuthentication() == null;
        }
    }
}
