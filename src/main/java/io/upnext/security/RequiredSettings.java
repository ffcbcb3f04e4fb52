package io.upnext.security;

import java.net.URI;
import java.util.Base64;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.util.StringUtils;

/** Refuses the start of an installation, before anything else is touched, where it lacks what only its owner can give. */
class RequiredSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final Profiles DEMO = Profiles.of("demo");
    private static final int KEY_BYTES = 32;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        check(context.getEnvironment());
    }

    static void check(Environment environment) {
        var key = environment.getProperty("upnext.secret-key");
        var url = environment.getProperty("upnext.base-url");
        var demo = environment.acceptsProfiles(DEMO);
        if (StringUtils.hasText(key) || !demo) {
            decodeKey(key);
        }
        if (StringUtils.hasText(url) || !demo) {
            checkBaseUrl(url);
        }
    }

    static byte[] decodeKey(String text) {
        if (!StringUtils.hasText(text)) {
            throw new StartRefusedException("UPNEXT_SECRET_KEY is missing: set it to 32 random bytes in base64,"
                    + " for example the output of 'openssl rand -base64 32'.");
        }
        var key = decode(text.strip());
        if (key == null || key.length != KEY_BYTES) {
            throw new StartRefusedException("UPNEXT_SECRET_KEY is not 32 bytes in base64:"
                    + " set it to the output of 'openssl rand -base64 32'.");
        }
        if (isGuessable(key)) {
            throw new StartRefusedException(
                    "UPNEXT_SECRET_KEY is not random: set it to the output of 'openssl rand -base64 32'.");
        }
        return key;
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** 32 random bytes hold fewer than 16 different values with a chance of about 1 in 10¹⁸. */
    private static boolean isGuessable(byte[] key) {
        var different = new java.util.BitSet(256);
        for (byte one : key) {
            different.set(one & 0xff);
        }
        return different.cardinality() < 16;
    }

    private static void checkBaseUrl(String text) {
        if (!StringUtils.hasText(text)) {
            throw new StartRefusedException("UPNEXT_BASE_URL is missing: set it to the address under which people reach"
                    + " this installation, for example https://upnext.example.com.");
        }
        if (!isAbsoluteWebAddress(text.strip())) {
            throw new StartRefusedException("UPNEXT_BASE_URL is not an absolute http or https address without query:"
                    + " set it to something like https://upnext.example.com.");
        }
    }

    private static boolean isAbsoluteWebAddress(String text) {
        try {
            var uri = URI.create(text);
            var web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web
                    && StringUtils.hasText(uri.getHost())
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
