package io.upnext.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Encrypts and signs with keys derived from {@code UPNEXT_SECRET_KEY}, one key per purpose, so that what was made for
 * one purpose is worthless for another.
 */
@Component
public class Secrets {

    private static final String FORMAT = "v1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final byte[] masterKey;
    private final Map<String, byte[]> keys = new ConcurrentHashMap<>(); // Purposes are few and fixed
    private final SecureRandom random = new SecureRandom();

    Secrets(Installation installation) {
        this.masterKey = StringUtils.hasText(installation.secretKey())
                ? RequiredSettings.decodeKey(installation.secretKey())
                : demoKey(installation.dataDir());
    }

    /** Encrypts a text (AES-256-GCM); every call gives another result. */
    public String encrypt(String purpose, String text) {
        return FORMAT + Base64.getUrlEncoder().withoutPadding().encodeToString(encrypt(purpose, utf8(text)));
    }

    /**
     * @throws IllegalArgumentException where the text was not made by {@link #encrypt} for this purpose with this key
     */
    public String decrypt(String purpose, String encrypted) {
        if (!encrypted.startsWith(FORMAT)) {
            throw new IllegalArgumentException("Not an encrypted text of a known form.");
        }
        var bytes = Base64.getUrlDecoder().decode(encrypted.substring(FORMAT.length()));
        return new String(decrypt(purpose, bytes), StandardCharsets.UTF_8);
    }

    public byte[] encrypt(String purpose, byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = crypt(Cipher.ENCRYPT_MODE, purpose, nonce, plain);
        var whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return whole;
    }

    /**
     * @throws IllegalArgumentException where the bytes were not made for this purpose with this key, or were changed
     */
    public byte[] decrypt(String purpose, byte[] encrypted) {
        if (encrypted.length < NONCE_BYTES) {
            throw new IllegalArgumentException("Too short to be encrypted.");
        }
        var nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
        return crypt(Cipher.DECRYPT_MODE, purpose, nonce, Arrays.copyOfRange(encrypted, NONCE_BYTES, encrypted.length));
    }

    /** HMAC-SHA256, 32 bytes. */
    public byte[] sign(String purpose, byte[] content) {
        return hmac(key("sign", purpose), content);
    }

    /** Compares in constant time. */
    public boolean verify(String purpose, byte[] content, byte[] signature) {
        return MessageDigest.isEqual(sign(purpose, content), signature);
    }

    private byte[] crypt(int mode, String purpose, byte[] nonce, byte[] content) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key("encrypt", purpose), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Cannot be decrypted: made with another key or for something else.", e);
        }
    }

    /** HKDF-Expand for one block (RFC 5869 §2.3); the master key is uniformly random, so no extraction is needed. */
    private byte[] key(String use, String purpose) {
        return keys.computeIfAbsent(use + ' ' + purpose, name -> hmac(masterKey, utf8("upnext " + name + '\u0001')));
    }

    private static byte[] hmac(byte[] key, byte[] content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The demo has no configuration, yet what it encrypted must be readable after a restart. */
    private byte[] demoKey(Path dataDirectory) {
        var file = dataDirectory.resolve("secret-key");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(dataDirectory);
                var fresh = new byte[32];
                random.nextBytes(fresh);
                Files.writeString(file, Base64.getEncoder().encodeToString(fresh));
            }
            return RequiredSettings.decodeKey(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The demo cannot keep its key in " + file, e);
        }
    }
}
