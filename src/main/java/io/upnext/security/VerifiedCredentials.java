package io.upnext.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Remembers for a minute that a password was right, so that not every request with Basic costs a slow hash. Kept as an
 * HMAC under a key that lives only as long as this process.
 */
@Component
class VerifiedCredentials {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final Clock realTime;
    private final SecretKeySpec key;
    private final Map<String, Entry> entries = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MOST;
        }
    };

    private record Entry(String username, int credentialsVersion, long until) {}

    VerifiedCredentials(@Qualifier("realTime") Clock realTime) {
        this.realTime = realTime;
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    boolean contains(String username, String password, String address, int credentialsVersion) {
        var kept = get(digest(username, password, address));
        return kept != null && kept.credentialsVersion == credentialsVersion && kept.until > realTime.millis();
    }

    void add(String username, String password, String address, int credentialsVersion) {
        var until = realTime.instant().plus(KEPT).toEpochMilli();
        put(digest(username, password, address), new Entry(username, credentialsVersion, until));
    }

    /** After a failure the limiter is to be asked again. */
    synchronized void forget(String username) {
        entries.values().removeIf(entry -> entry.username.equals(username));
    }

    private synchronized Entry get(String digest) {
        return entries.get(digest);
    }

    private synchronized void put(String digest, Entry entry) {
        entries.remove(digest);
        entries.put(digest, entry);
    }

    private String digest(String username, String password, String address) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((username + '\0' + address + '\0').getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
