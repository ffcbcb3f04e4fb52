package io.upnext.engine.webapp;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.engine.identity.People;
import io.upnext.security.Access;
import io.upnext.security.ProblemResponses;
import io.upnext.security.Sessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.camunda.bpm.engine.TaskService;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The way into the engine's web applications: the session of the product's own log-in and nothing else, and behind it
 * the {@link Guard}. CSRF tokens and the content security policy there are the web applications' own.
 */
@Configuration(proxyBeanMethods = false)
class EngineWebSecurity {

    /** After the security chain, before the web applications' own filters, which have no order. */
    private static final int BEFORE_THE_WEB_APPLICATIONS = 201;

    @Bean
    @Order(10)
    SecurityFilterChain engineWebFilterChain(
            HttpSecurity http, Sessions sessions, ProblemResponses problems, Guard guard) throws Exception {
        // A string as matcher would match GET but not POST here
        return http.securityMatcher(PathPatternRequestMatcher.withDefaults().matcher("/camunda/**"))
                .securityContext(context -> context.securityContextRepository(sessions))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .csrf(CsrfConfigurer::disable)
                .logout(LogoutConfigurer::disable)
                .exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                                notLoggedIn(problems), EngineWebSecurity::isApi)
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/login"), EngineWebSecurity::isPage)
                        .accessDeniedHandler(problems))
                .headers(headers -> headers.frameOptions(FrameOptionsConfig::deny)
                        .contentTypeOptions(Customizer.withDefaults())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterAfter(guard, AuthorizationFilter.class)
                .build();
    }

    @Bean
    Guard engineWebGuard(Access access, ObjectMapper json, TaskService tasks, People people) {
        return new Guard(access, json, new Bodies(), new TaskRequests(tasks, people));
    }

    /** The guard belongs to its security chain; Spring Boot would put every filter it finds before everything. */
    @Bean
    FilterRegistrationBean<Guard> guardOnlyInItsChain(Guard guard) {
        var registration = new FilterRegistrationBean<>(guard);
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    FilterRegistrationBean<ProductLogIn> productLogIn(People people) {
        var registration = new FilterRegistrationBean<>(new ProductLogIn(people));
        registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        registration.setOrder(BEFORE_THE_WEB_APPLICATIONS);
        return registration;
    }

    private static AuthenticationEntryPoint notLoggedIn(ProblemResponses problems) {
        return (request, response, failure) ->
                problems.write(response, HttpStatus.UNAUTHORIZED, "Log in at /login first.");
    }

    private static boolean isApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/camunda/api");
    }

    private static boolean isPage(HttpServletRequest request) {
        return !isApi(request);
    }

    /** After the log-in one goes on to the application asked for, never to one of its files. */
    private static HttpSessionRequestCache pagesOnly() {
        var cache = new HttpSessionRequestCache();
        RequestMatcher page = request -> "GET".equals(request.getMethod())
                && String.valueOf(request.getHeader("Accept")).contains("text/html")
                && isPage(request);
        cache.setRequestMatcher(page);
        cache.setMatchingRequestParameterName(null);
        return cache;
    }
}
