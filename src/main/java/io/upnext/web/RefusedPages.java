package io.upnext.web;

import io.upnext.shared.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts what a page is told about refusals into its language: {@code failure}, {@code mistake}, {@code problems}, {@code flash}. */
@Configuration(proxyBeanMethods = false)
class RefusedPages implements WebMvcConfigurer, HandlerInterceptor {

    private final RefusalTexts refusals;

    RefusedPages(RefusalTexts refusals) {
        this.refusals = refusals;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).excludePathPatterns("/api/**");
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, ModelAndView page) {
        if (page == null || (page.getViewName() != null && page.getViewName().startsWith("redirect:"))) {
            return;
        }
        Map<String, Object> model = page.getModel();
        Locale locale = LocaleContextHolder.getLocale();
        List<Problem> problems = problems(model.get("problems"));
        for (String name : List.of("failure", "mistake")) {
            if (model.get(name) instanceof String sentence) {
                model.put(name, said(locale, sentence, problems));
            }
        }
        if (!problems.isEmpty()) {
            model.put("problems", refusals.in(locale, problems));
        }
        if (model.get("flash") instanceof Flash flash) {
            model.put("flash", new Flash(flash.kind(), flash.key(), said(locale, flash.arguments())));
        }
    }

    private static List<Problem> problems(Object value) {
        return value instanceof List<?> list && list.stream().allMatch(Problem.class::isInstance)
                ? list.stream().map(Problem.class::cast).toList()
                : List.of();
    }

    /** Some sentences are those of the problems, one after the other. */
    private String said(Locale locale, String sentence, List<Problem> problems) {
        String all = problems.stream().map(Problem::message).collect(Collectors.joining(" "));
        return problems.size() > 1 && all.equals(sentence)
                ? refusals.in(locale, problems).stream().map(Problem::message).collect(Collectors.joining(" "))
                : refusals.in(locale, sentence);
    }

    private List<Object> said(Locale locale, List<Object> arguments) {
        return arguments.stream()
                .map(argument -> argument instanceof String text ? refusals.in(locale, text) : argument)
                .toList();
    }
}
