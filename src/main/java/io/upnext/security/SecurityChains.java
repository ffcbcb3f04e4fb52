package io.upnext.security;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who gets in where. The API answers with problems and never redirects; pages send to {@code /login}. Other packages add
 * chains with an order between the two.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Installation.class)
@EnableScheduling
public class SecurityChains {

    public static final int API_ORDER = 20;
    public static final int PAGES_ORDER = 100;

    public static final String CONTENT_SECURITY_POLICY = "default-src 'self'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

    /** The page that shows the API's description is somebody else's, and styles its elements where they stand. */
    private static final String POLICY_OF_THE_API_PAGE =
            CONTENT_SECURITY_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Sessions sessions;
    private final ProblemResponses problems;

    SecurityChains(Sessions sessions, ProblemResponses problems) {
        this.sessions = sessions;
        this.problems = problems;
    }

    @Bean
    @Order(API_ORDER)
    SecurityFilterChain apiChain(HttpSecurity http, ApiKeys keys, LoginLimiter limiter) throws Exception {
        http.securityMatcher(
                        paths("/api/**", "/engine-rest/**", "/actuator/**", "/v3/api-docs/**", "/v3/api-docs.yaml"))
                .addFilterBefore(new ApiKeyFilter(keys, limiter, problems), BasicAuthenticationFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .securityContext(context -> context.securityContextRepository(sessions))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(this::ridesOnSession))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(paths("/actuator/health", "/actuator/health/**"))
                                .permitAll()
                                // The text gateway has no log-in; it signs what it tells
                                .requestMatchers(withDefaults().matcher(HttpMethod.POST, "/api/v1/sms/webhook"))
                                .permitAll()
                                .requestMatchers(paths("/actuator/**"))
                                .hasRole(Role.ADMINISTRATOR.name())
                                .anyRequest()
                                .authenticated());
        return headers(http).build();
    }

    @Bean
    @Order(PAGES_ORDER)
    SecurityFilterChain pagesChain(HttpSecurity http, LoginFailures failures) throws Exception {
        http.securityMatcher(withDefaults().matcher("/**"))
                .securityContext(context -> context.securityContextRepository(sessions))
                .formLogin(form -> form.loginPage("/login")
                        .failureHandler(failures)
                        .defaultSuccessUrl("/", false)
                        .permitAll())
                .logout(logout -> logout.logoutUrl("/logout").logoutSuccessUrl("/login?logout"))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .csrf(csrf -> csrf.ignoringRequestMatchers(paths("/u/**", "/t/**")))
                .exceptionHandling(failing -> failing.defaultAuthenticationEntryPointFor(
                        new FragmentEntryPoint(), SecurityChains::isFragment))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(paths(
                                "/login",
                                "/error",
                                "/t/**",
                                "/u/**",
                                "/css/**",
                                "/js/**",
                                "/img/**",
                                "/fonts/**",
                                "/webjars/**",
                                "/favicon.ico",
                                "/favicon.svg"))
                        .permitAll()
                        .requestMatchers(paths("/camunda", "/camunda/**"))
                        .denyAll()
                        .anyRequest()
                        .authenticated());
        return headers(http).build();
    }

    private static HttpSecurity headers(HttpSecurity http) throws Exception {
        return http.headers(headers -> headers.addHeaderWriter(SecurityChains::contentSecurityPolicy)
                .frameOptions(FrameOptionsConfig::deny)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy("camera=(), geolocation=(), microphone=()"))
                .httpStrictTransportSecurity(Customizer.withDefaults())
                .contentTypeOptions(
                        Customizer.<HeadersConfigurer<HttpSecurity>.ContentTypeOptionsConfig>withDefaults()));
    }

    /** What is served with a stricter policy of its own keeps it. */
    private static void contentSecurityPolicy(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader("Content-Security-Policy")) {
            boolean apiPage = request.getRequestURI().startsWith("/swagger-ui/");
            response.setHeader("Content-Security-Policy", apiPage ? POLICY_OF_THE_API_PAGE : CONTENT_SECURITY_POLICY);
        }
    }

    /** Credentials in a header are never sent by a browser unasked; only the session's cookie is. */
    private boolean ridesOnSession(HttpServletRequest request) {
        return !SAFE_METHODS.contains(request.getMethod())
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && sessions.isLoggedIn(request);
    }

    /** After the log-in one goes on to the page asked for, never to a fragment or a file. */
    private static HttpSessionRequestCache pagesOnly() {
        var cache = new HttpSessionRequestCache();
        RequestMatcher page = request -> "GET".equals(request.getMethod())
                && request.getHeader(HttpHeaders.ACCEPT) != null
                && request.getHeader(HttpHeaders.ACCEPT).contains("text/html");
        cache.setRequestMatcher(new AndRequestMatcher(page, new NegatedRequestMatcher(SecurityChains::isFragment)));
        cache.setMatchingRequestParameterName(null);
        return cache;
    }

    private static boolean isFragment(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    private static RequestMatcher paths(String... patterns) {
        return new OrRequestMatcher(Arrays.stream(patterns)
                .<RequestMatcher>map(pattern -> withDefaults().matcher(pattern))
                .toList());
    }
}
