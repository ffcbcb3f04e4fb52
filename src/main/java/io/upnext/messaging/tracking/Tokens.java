package io.upnext.messaging.tracking;

import io.upnext.security.Secrets;
import io.upnext.shared.MailId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The signed tokens in links of mails: a mail's id and, for clicks, a link's, followed by the first {@value #MAC} bytes
 * of an HMAC under a key of the token's purpose; URL-safe base64. They carry no personal data and never expire: an
 * unsubscribe link has to work for as long as the mail exists.
 */
@Component
public class Tokens {

    private static final int MAC = 12;
    private static final int ID = 16;
    private static final int LINK = 8;

    private final Secrets secrets;

    Tokens(Secrets secrets) {
        this.secrets = secrets;
    }

    public record Click(MailId mail, long link) {}

    public record Download(MailId mail, UUID attachment) {}

    public String open(MailId mail) {
        return token(Purpose.OPEN, bytes(mail));
    }

    public String click(MailId mail, long link) {
        return token(
                Purpose.CLICK,
                ByteBuffer.allocate(ID + LINK).put(bytes(mail)).putLong(link).array());
    }

    public String download(MailId mail, UUID attachment) {
        return token(
                Purpose.DOWNLOAD,
                ByteBuffer.allocate(2 * ID)
                        .put(bytes(mail))
                        .putLong(attachment.getMostSignificantBits())
                        .putLong(attachment.getLeastSignificantBits())
                        .array());
    }

    public String unsubscribe(MailId mail) {
        return token(Purpose.UNSUBSCRIBE, bytes(mail));
    }

    /** For the part after the plus of an answer's address. */
    public String reply(MailId mail) {
        return token(Purpose.REPLY, bytes(mail));
    }

    public Optional<MailId> opened(String token) {
        return content(Purpose.OPEN, token, ID).map(Tokens::mail);
    }

    public Optional<Click> clicked(String token) {
        return content(Purpose.CLICK, token, ID + LINK)
                .map(bytes -> new Click(mail(bytes), ByteBuffer.wrap(bytes).getLong(ID)));
    }

    public Optional<Download> downloaded(String token) {
        return content(Purpose.DOWNLOAD, token, 2 * ID)
                .map(bytes -> new Download(
                        mail(bytes),
                        new UUID(
                                ByteBuffer.wrap(bytes).getLong(ID),
                                ByteBuffer.wrap(bytes).getLong(ID + 8))));
    }

    public Optional<MailId> unsubscribed(String token) {
        return content(Purpose.UNSUBSCRIBE, token, ID).map(Tokens::mail);
    }

    public Optional<MailId> replied(String token) {
        return content(Purpose.REPLY, token, ID).map(Tokens::mail);
    }

    private enum Purpose {
        OPEN,
        CLICK,
        DOWNLOAD,
        UNSUBSCRIBE,
        REPLY
    }

    private String token(Purpose purpose, byte[] content) {
        byte[] whole = Arrays.copyOf(content, content.length + MAC);
        System.arraycopy(mac(purpose, content), 0, whole, content.length, MAC);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** Empty where the token is not one of ours for this purpose. */
    private Optional<byte[]> content(Purpose purpose, String token, int length) {
        // Each purpose has one length: what has another is none of ours, and not worth decoding.
        if (token.length() != ((length + MAC) * 4 + 2) / 3) {
            return Optional.empty();
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
        // The last characters of base64 may hold unused bits: one content has exactly one token.
        if (whole.length != length + MAC
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(whole)
                        .equals(token)) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(whole, length);
        boolean ours = MessageDigest.isEqual(Arrays.copyOfRange(whole, length, whole.length), mac(purpose, content));
        return ours ? Optional.of(content) : Optional.empty();
    }

    private byte[] mac(Purpose purpose, byte[] content) {
        return Arrays.copyOf(secrets.sign("mail-link-" + purpose, content), MAC);
    }

    private static byte[] bytes(MailId mail) {
        UUID id = mail.value();
        return ByteBuffer.allocate(ID)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static MailId mail(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new MailId(new UUID(buffer.getLong(), buffer.getLong()));
    }
}
