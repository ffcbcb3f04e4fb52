package io.upnext.web;

import io.upnext.security.ProblemResponses;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.LiteWebJarsResourceResolver;

/** How requests are read and files are served. */
@Configuration(proxyBeanMethods = false)
class WebRules implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new PageQueries());
    }

    /** Files have paths of their own: under {@code /**} a POST to an unknown path would be a 405 instead of a 404. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        for (var folder : List.of("css", "js", "img", "fonts")) {
            registry.addResourceHandler("/" + folder + "/**")
                    .addResourceLocations("classpath:/static/" + folder + "/")
                    .setCacheControl(CacheControl.noCache());
        }
        registry.addResourceHandler("/favicon.svg").addResourceLocations("classpath:/static/");
        registry.addResourceHandler("/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(1)))
                .resourceChain(true)
                .addResolver(new LiteWebJarsResourceResolver());
    }

    /** Behind the security filters (order -100). */
    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(ProblemResponses problems) {
        var registration = new FilterRegistrationBean<>(new BodyLimit(problems));
        registration.addUrlPatterns("/api/*");
        registration.setOrder(-90);
        return registration;
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(IdempotencyKeys keys, ProblemResponses problems) {
        var registration = new FilterRegistrationBean<>(new IdempotencyFilter(keys, problems));
        registration.addUrlPatterns("/api/v1/*");
        registration.setOrder(-80);
        return registration;
    }
}
