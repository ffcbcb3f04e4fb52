package io.upnext.messaging.tracking;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a click may lead: web addresses with a host. */
public final class Redirects {

    private Redirects() {}

    public static boolean allowed(String target) {
        try {
            URI uri = new URI(target);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getRawAuthority() != null && target.chars().noneMatch(Character::isISOControl);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
