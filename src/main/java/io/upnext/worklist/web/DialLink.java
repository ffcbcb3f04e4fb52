package io.upnext.worklist.web;

import io.upnext.security.Settings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a click on a phone number opens: {@code tel:} or the organisation's {@code dialUrl} with {@code {number}} in it. */
@Component
class DialLink {

    private static final Set<String> SCHEMES =
            Set.of("tel", "sip", "callto", "http", "https", "msteams", "zoomphonecall");

    private final Settings settings;

    DialLink(Settings settings) {
        this.settings = settings;
    }

    String to(String number) {
        String digits = number.replaceAll("[^0-9+*#,;]", "");
        String pattern = settings.text("dialUrl").filter(DialLink::isHarmless).orElse("tel:{number}");
        return pattern.replace("{number}", URLEncoder.encode(digits, StandardCharsets.UTF_8));
    }

    /** Never a script, whatever somebody wrote into the setting. */
    private static boolean isHarmless(String pattern) {
        int colon = pattern.indexOf(':');
        return colon > 0
                && SCHEMES.contains(pattern.substring(0, colon).toLowerCase(Locale.ROOT))
                && pattern.contains("{number}");
    }
}
