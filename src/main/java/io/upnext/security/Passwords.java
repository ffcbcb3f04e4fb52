package io.upnext.security;

import io.upnext.shared.InvalidException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Hashes and checks passwords: bcrypt, its name kept in the hash so that a later algorithm can take over. */
@Component
class Passwords {

    static final int MIN_LENGTH = 12;

    /** bcrypt reads no more. */
    static final int MAX_BYTES = 72;

    private final PasswordEncoder encoder;
    private final String hashOfNobody;

    Passwords(@Value("${upnext.security.bcrypt-strength:11}") int strength) {
        this.encoder = new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(strength)));
        this.hashOfNobody = encoder.encode("nobody");
    }

    String hash(String password) {
        return encoder.encode(password);
    }

    /** Takes equally long whether there is such a user (hash given) or not (null). */
    boolean matches(String password, String hash) {
        if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return false;
        }
        var same = encoder.matches(password, hash == null ? hashOfNobody : hash);
        return same && hash != null;
    }

    /** Says what is wrong with a new password, or null. */
    static String weakness(String username, String password) {
        if (password == null || password.codePointCount(0, password.length()) < MIN_LENGTH) {
            return "needs at least " + MIN_LENGTH + " characters";
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return "may have at most " + MAX_BYTES + " bytes";
        }
        if (password.equalsIgnoreCase(username)) {
            return "must differ from the user name";
        }
        if (password.codePoints().distinct().count() < 4) {
            return "needs at least four different characters";
        }
        return null;
    }

    static void requireStrong(String username, String password) {
        var weakness = weakness(username, password);
        if (weakness != null) {
            throw new InvalidException("The password " + weakness + ".");
        }
    }
}
