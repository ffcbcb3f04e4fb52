package io.upnext.engine;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** The engine's web applications are closed to everybody until they have rules of their own. */
@Configuration(proxyBeanMethods = false)
class EngineWebSecurity {

    @Bean
    @Order(1)
    SecurityFilterChain engineWebFilterChain(HttpSecurity http) throws Exception {
        // A string as matcher would match GET but not POST here
        return http.securityMatcher(PathPatternRequestMatcher.withDefaults().matcher("/camunda/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                .build();
    }
}
