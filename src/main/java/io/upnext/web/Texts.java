package io.upnext.web;

import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;

/** The texts of all packages, in English and German; a package without a file has none. */
@Configuration(proxyBeanMethods = false)
class Texts {

    static final String[] PACKAGES = {
        "web",
        "security",
        "record",
        "sequence",
        "messaging",
        "writing",
        "transport",
        "texting",
        "enrollment",
        "abtest",
        "audience",
        "worklist",
        "engine",
        "insight",
        "demo",
        "pace",
        "receiving",
        "outside",
        "people",
        "versions",
        "modes",
        "steps",
        "filters",
        "calendar",
        "atonce"
    };

    @Bean
    MessageSource messageSource() {
        var texts = new ResourceBundleMessageSource();
        texts.setBasenames(Stream.of(PACKAGES)
                .filter(Texts::exists)
                .map(name -> "i18n/" + name)
                .toArray(String[]::new));
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
        return texts;
    }

    private static boolean exists(String name) {
        return Texts.class.getResource("/i18n/" + name + ".properties") != null;
    }
}
