package io.upnext.security;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation is told from outside: {@code UPNEXT_SECRET_KEY}, {@code UPNEXT_BASE_URL},
 * {@code UPNEXT_ADMIN_USERNAME}, {@code UPNEXT_ADMIN_PASSWORD}.
 *
 * @param dataDir where the demo keeps its data
 */
@ConfigurationProperties("upnext")
record Installation(
        String secretKey,
        String baseUrl,
        @DefaultValue("data") Path dataDir,
        @DefaultValue Admin admin) {

    record Admin(String username, String password) {}

    /** Never shows what is secret, even where somebody logs it. */
    @Override
    public String toString() {
        return "Installation[baseUrl=" + baseUrl + "]";
    }
}
