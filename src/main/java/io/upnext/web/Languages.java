package io.upnext.web;

import io.upnext.security.Access;
import io.upnext.security.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;

/**
 * Which language a page speaks: the one asked for by {@code ?lang=} in this session, else the user's, else the
 * browser's, else the organisation's.
 */
@Configuration(proxyBeanMethods = false)
class Languages {

    static final List<String> SPOKEN = List.of("en", "de");
    private static final String CHOSEN = Languages.class.getName() + ".chosen";

    @Bean
    LocaleResolver localeResolver(Access access, Settings settings) {
        return new ViewersLanguage(access, settings);
    }

    private record ViewersLanguage(Access access, Settings settings) implements LocaleResolver {

        @Override
        public Locale resolveLocale(HttpServletRequest request) {
            var asked = request.getParameter("lang");
            if (asked != null && SPOKEN.contains(asked)) {
                request.getSession().setAttribute(CHOSEN, asked);
            }
            var session = request.getSession(false);
            var chosen = session == null ? null : (String) session.getAttribute(CHOSEN);
            return chosen != null ? Locale.forLanguageTag(chosen) : unasked(request);
        }

        private Locale unasked(HttpServletRequest request) {
            var user = access.find().orElse(null);
            if (user != null && user.locale() != null) {
                var own = Locale.forLanguageTag(user.locale().replace('_', '-'));
                if (SPOKEN.contains(own.getLanguage())) {
                    return own;
                }
            }
            return request.getHeader("Accept-Language") == null ? organisations() : browsers(request);
        }

        private Locale browsers(HttpServletRequest request) {
            var locales = java.util.Collections.list(request.getLocales());
            return locales.stream()
                    .filter(locale -> SPOKEN.contains(locale.getLanguage()))
                    .findFirst()
                    .orElseGet(this::organisations);
        }

        private Locale organisations() {
            var language = Locale.forLanguageTag(settings.language());
            return SPOKEN.contains(language.getLanguage()) ? language : Locale.ENGLISH;
        }

        @Override
        public void setLocale(HttpServletRequest request, HttpServletResponse response, Locale locale) {
            request.getSession().setAttribute(CHOSEN, locale.getLanguage());
        }
    }
}
