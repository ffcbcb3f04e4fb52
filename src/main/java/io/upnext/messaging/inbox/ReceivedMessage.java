package io.upnext.messaging.inbox;

import io.upnext.messaging.template.PlainText;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A received message as far as a conversation needs it; what cannot be read is left out.
 *
 * @param messageId as in the header, or null
 * @param references the thread so far, or null
 * @param replyTo the bare address an answer goes to, or null
 * @param text without any markup
 */
record ReceivedMessage(String messageId, String references, String replyTo, String text) {

    private static final int LONGEST_TEXT = 200_000;
    private static final int LONGEST_REFERENCES = 4_000;
    private static final int DEEPEST = 8;
    private static final int MOST_PARTS = 50;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s\\p{Cntrl}]{1,900}>");
    private static final Session SESSION = Session.getInstance(lenient());

    private static Properties lenient() {
        Properties properties = new Properties();
        properties.put("mail.mime.address.strict", "false");
        return properties;
    }

    static ReceivedMessage read(byte[] raw) {
        if (raw == null) {
            return new ReceivedMessage(null, null, null, "");
        }
        try {
            MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(raw));
            Texts texts = new Texts();
            texts.walk(message, 0);
            return new ReceivedMessage(
                    ids(message.getHeader("Message-ID", " "), true),
                    ids(message.getHeader("References", " "), false),
                    replyTo(message),
                    texts.best());
        } catch (MessagingException | RuntimeException broken) {
            return new ReceivedMessage(null, null, null, "");
        }
    }

    /** The References of an answer to it (RFC 5322 §3.6.4). */
    String referencesOfAnswer() {
        return references == null ? messageId : messageId == null ? references : references + " " + messageId;
    }

    private static String ids(String header, boolean onlyFirst) {
        StringBuilder ids = new StringBuilder();
        Matcher matcher = MESSAGE_ID.matcher(header == null ? "" : header);
        while (matcher.find() && ids.length() + matcher.group().length() < LONGEST_REFERENCES) {
            ids.append(ids.isEmpty() ? "" : " ").append(matcher.group());
            if (onlyFirst) {
                break;
            }
        }
        return ids.isEmpty() ? null : ids.toString();
    }

    private static String replyTo(MimeMessage message) {
        try {
            Address[] addresses = message.getReplyTo();
            return addresses != null && addresses.length > 0 && addresses[0] instanceof InternetAddress internet
                    ? internet.getAddress()
                    : null;
        } catch (MessagingException broken) {
            return null;
        }
    }

    private static final class Texts {

        private String plain;
        private String html;
        private int parts;

        void walk(Part part, int depth) {
            if (depth > DEEPEST || ++parts > MOST_PARTS) {
                return;
            }
            try {
                if (part.getContent() instanceof Multipart inner) {
                    for (int i = 0; i < inner.getCount(); i++) {
                        walk(inner.getBodyPart(i), depth + 1);
                    }
                } else if (!Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
                    take(part);
                }
            } catch (MessagingException | IOException | RuntimeException unreadable) {
                // A part that cannot be read is as if it were not there.
            }
        }

        private void take(Part part) throws MessagingException, IOException {
            if (plain == null && part.isMimeType("text/plain")) {
                plain = string(part);
            } else if (html == null && part.isMimeType("text/html")) {
                html = string(part);
            }
        }

        private static String string(Part part) throws MessagingException, IOException {
            try (InputStream stream = part.getInputStream()) {
                return new String(stream.readNBytes(LONGEST_TEXT), charset(part)).replace("\0", "");
            }
        }

        private static Charset charset(Part part) {
            try {
                String name = new ContentType(part.getContentType()).getParameter("charset");
                return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
            } catch (MessagingException | IllegalArgumentException unknown) {
                return StandardCharsets.ISO_8859_1;
            }
        }

        String best() {
            if (plain != null && !plain.isBlank()) {
                return plain.strip();
            }
            return html == null ? "" : PlainText.of(html);
        }
    }
}
