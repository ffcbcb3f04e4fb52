package io.upnext.engine.webapp;

import io.upnext.engine.identity.People;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;

/** Whoever is logged in to the product is logged in to the engine's web applications, as the same person. */
class ProductLogIn extends ContainerBasedAuthenticationFilter {

    private final People people;

    ProductLogIn(People people) {
        this.people = people;
    }

    /** The stock filter would make its provider from a class name. */
    @Override
    public void init(FilterConfig configuration) {
        authenticationProvider = new Provider();
    }

    /** What the web applications remember of somebody counts until roles or teams change. */
    @Override
    protected boolean existisAuthentication(Authentications known, String engine, String username) {
        return super.existisAuthentication(known, engine, username)
                && known.getAuthentications().stream()
                        .filter(kept -> kept.getProcessEngineName().equals(engine))
                        .allMatch(kept -> people.groupsOf(username).equals(kept.getGroupIds()));
    }

    private final class Provider implements AuthenticationProvider {

        @Override
        public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
            var principal = request.getUserPrincipal();
            if (principal == null) {
                return AuthenticationResult.unsuccessful();
            }
            var result = AuthenticationResult.successful(principal.getName());
            result.setGroups(people.groupsOf(principal.getName()));
            return result;
        }

        @Override
        public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
            // Nobody gets here without a log-in, so there is nothing to ask for
        }
    }
}
