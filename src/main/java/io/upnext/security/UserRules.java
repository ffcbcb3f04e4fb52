package io.upnext.security;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.regex.Pattern;

/** What the fields of a user may look like. */
final class UserRules {

    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,59}");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\",;:]{1,64}@[^\\s@<>\",;:]{1,190}");

    private static final Pattern LOCALE = Pattern.compile("[a-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}");

    private UserRules() {}

    static boolean isUsername(String text) {
        return text != null && USERNAME.matcher(text).matches();
    }

    static boolean isMailAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    static boolean isLocale(String text) {
        return LOCALE.matcher(text).matches();
    }

    static boolean isTimeZone(String text) {
        try {
            ZoneId.of(text);
            return true;
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
