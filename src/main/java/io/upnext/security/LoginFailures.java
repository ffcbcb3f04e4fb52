package io.upnext.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Sends a failed log-in back to its page with a reason that does not tell whether there is such a user. */
@Component
class LoginFailures implements AuthenticationFailureHandler {

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e) throws IOException {
        var reason = e instanceof TooManyAttemptsException ? "locked" : "wrong";
        response.sendRedirect(request.getContextPath() + "/login?error=" + reason);
    }
}
