package io.upnext.enrollment.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells a receiver that a delivery is ours and when it was made: HMAC-SHA256 (RFC 2104) over the time in seconds since
 * 1970, a dot and the body, as {@code t=1772442000,v1=<hex>}. The time is signed too, so that a delivery somebody has
 * caught cannot be played back later.
 */
public final class DeliverySignature {

    public static final String HEADER = "Upnext-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private DeliverySignature() {}

    public static String of(String secret, Instant at, String body) {
        String signed = at.getEpochSecond() + "." + body;
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] code = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
