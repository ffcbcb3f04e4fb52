package io.upnext.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** A part of a page that is asked for after the session ended: the whole page goes to the log-in. */
class FragmentEntryPoint implements AuthenticationEntryPoint {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
        response.setHeader("HX-Redirect", "/login");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
