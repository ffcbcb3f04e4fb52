package io.upnext.messaging.template;

import java.util.regex.Pattern;

/** Names of templates stand in paths, so what servers refuse there would name a template nobody could change again. */
final class TemplateNames {

    static final String RULE =
            "A name of 1 to 100 characters without '/', '\\', ';' and '%' is needed, and not only dots.";

    private static final Pattern NAME = Pattern.compile("(?!\\.+$)[^\\p{Cntrl}/\\\\;%]{1,100}");

    private TemplateNames() {}

    static boolean valid(String name) {
        return NAME.matcher(name).matches();
    }
}
