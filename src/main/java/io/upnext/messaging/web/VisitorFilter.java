package io.upnext.messaging.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stands before everything else at the public links of mails, and turns floods away without asking anybody. */
class VisitorFilter extends OncePerRequestFilter {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int LONGEST_PATH = 200;

    private final VisitorLimits limits;

    VisitorFilter(VisitorLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().length() > LONGEST_PATH) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        } else if (!limits.allows(request.getRemoteAddr())) {
            response.setHeader("Retry-After", "60");
            response.setStatus(TOO_MANY_REQUESTS);
        } else {
            chain.doFilter(request, response);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Registration {

        /** Before the security filters (order -100): those would look for a session first. */
        @Bean
        FilterRegistrationBean<VisitorFilter> visitorFilter(@Qualifier("realTime") Clock realTime) {
            var registration = new FilterRegistrationBean<>(new VisitorFilter(new VisitorLimits(realTime)));
            registration.addUrlPatterns("/t/*", "/u/*");
            registration.setOrder(-110);
            return registration;
        }
    }
}
