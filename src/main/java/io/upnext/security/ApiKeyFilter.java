package io.upnext.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/** Logs a request in by {@code Authorization: Bearer <API key>} (RFC 6750 §2.1). Not a bean: it belongs to its chain. */
class ApiKeyFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final ApiKeys keys;
    private final LoginLimiter limiter;
    private final AuthenticationEntryPoint entryPoint;

    ApiKeyFilter(ApiKeys keys, LoginLimiter limiter, AuthenticationEntryPoint entryPoint) {
        this.keys = keys;
        this.limiter = limiter;
        this.entryPoint = entryPoint;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            try {
                logIn(header.substring(SCHEME.length()).strip(), request.getRemoteAddr());
            } catch (AuthenticationException e) {
                entryPoint.commence(request, response, e);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** A right key always passes: it cannot be guessed, so a lock on the address would only hurt its owner. */
    private void logIn(String key, String address) {
        var login = keys.login(key).orElse(null);
        if (login == null) {
            limiter.checkAddress(address);
            limiter.failed(address);
            throw new BadCredentialsException("The API key is unknown, expired or deleted.");
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(Access.authenticated(login));
        SecurityContextHolder.setContext(context);
    }
}
