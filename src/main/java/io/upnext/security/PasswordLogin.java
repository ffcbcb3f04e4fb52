package io.upnext.security;

import io.upnext.security.Directory.Login;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Checks user name and password, of the log-in page and of Basic alike, within the limits of {@link LoginLimiter}. */
@Component
class PasswordLogin implements AuthenticationProvider {

    private final DirectoryRows directory;
    private final JdbcClient jdbc;
    private final Passwords passwords;
    private final LoginLimiter limiter;
    private final VerifiedCredentials verified;

    PasswordLogin(
            DirectoryRows directory,
            JdbcClient jdbc,
            Passwords passwords,
            LoginLimiter limiter,
            VerifiedCredentials verified) {
        this.directory = directory;
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.limiter = limiter;
        this.verified = verified;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var username = Users.normal(attempt.getName());
        var password =
                attempt.getCredentials() == null ? "" : attempt.getCredentials().toString();
        var address = attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        var login = directory.current().loginsByName.get(username);
        if (!knownToBeRight(login, password, address)) {
            verify(username, password, address, login);
        }
        return Access.authenticated(login);
    }

    private boolean knownToBeRight(Login login, String password, String address) {
        return login != null
                && login.user().active()
                && verified.contains(login.user().username(), password, address, login.credentialsVersion());
    }

    private void verify(String username, String password, String address, Login login) {
        limiter.check(username, address);
        var right = passwords.matches(password, login == null ? null : hashOf(login));
        if (!right || !login.user().active()) {
            verified.forget(username);
            limiter.failed(username, address);
            throw new BadCredentialsException("User name or password is wrong.");
        }
        limiter.succeeded(username, address);
        verified.add(username, password, address, login.credentialsVersion());
    }

    private String hashOf(Login login) {
        return jdbc.sql("select password_hash from app_user where id = ?")
                .param(login.user().id().value())
                .query(String.class)
                .single();
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
