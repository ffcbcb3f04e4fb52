package io.upnext.messaging.template;

import java.util.Locale;

/** Languages of templates: the language part of a locale, lower case. */
public final class Languages {

    private Languages() {}

    /** {@code de-AT}, {@code de_AT} and {@code DE} are {@code de}; null stays null. */
    public static String of(String locale) {
        if (locale == null || locale.isBlank()) {
            return null;
        }
        return locale.strip().split("[-_.]", 2)[0].toLowerCase(Locale.ROOT);
    }
}
