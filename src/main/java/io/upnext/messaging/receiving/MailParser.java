package io.upnext.messaging.receiving;

import io.upnext.messaging.template.PlainText;
import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a message however broken it is: what cannot be read is left out, bounds hold for everything. */
final class MailParser {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_PARTS = 100;
    private static final int MAX_TEXT = 200_000;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,990}>");
    private static final Pattern BARE_ADDRESS = Pattern.compile("[^\\s<>\"(),:;]+@[^\\s<>\"(),:;]+");

    private static final Session SESSION = Session.getInstance(lenient());

    private final List<String> reports = new ArrayList<>();
    private final List<String> reportedIds = new ArrayList<>();
    private String plain;
    private String html;
    private int parts;

    private MailParser() {}

    private static Properties lenient() {
        Properties properties = new Properties();
        properties.put("mail.mime.address.strict", "false");
        return properties;
    }

    /**
     * @throws MessagingException where not even the headers can be read
     */
    static ParsedMail parse(byte[] raw) throws MessagingException {
        return new MailParser().read(new MimeMessage(SESSION, new ByteArrayInputStream(raw)));
    }

    private ParsedMail read(MimeMessage message) throws MessagingException {
        Map<String, List<String>> headers = headers(message.getAllHeaders());
        walk(message, 0);
        String type = type(message);
        boolean report = type.startsWith("multipart/report");
        List<DeliveryReport.Recipient> recipients = reports.stream()
                .flatMap(text -> DeliveryReport.recipients(text).stream())
                .toList();
        return new ParsedMail(
                headers,
                address(first(headers, "from")),
                addresses(headers, "to", "cc", "delivered-to", "x-original-to", "envelope-to"),
                decoded(first(headers, "subject")),
                thread(headers),
                text(),
                recipients.isEmpty() ? null : new DeliveryReport(recipients, List.copyOf(reportedIds)),
                report && recipients.isEmpty());
    }

    private static Map<String, List<String>> headers(Enumeration<Header> all) {
        Map<String, List<String>> headers = new HashMap<>();
        while (all.hasMoreElements()) {
            Header header = all.nextElement();
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(
                            header.getValue() == null
                                    ? ""
                                    : MimeUtility.unfold(header.getValue()).strip());
        }
        return headers;
    }

    private static String first(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of("")).get(0);
    }

    private void walk(Part part, int depth) {
        if (depth > MAX_DEPTH || ++parts > MAX_PARTS) {
            return;
        }
        try {
            String type = type(part);
            if (type.startsWith("multipart/")) {
                if (part.getContent() instanceof Multipart inner) {
                    walk(inner, depth);
                }
            } else if (type.startsWith("message/delivery-status")
                    || type.startsWith("message/global-delivery-status")) {
                reports.add(string(part));
            } else if (type.startsWith("message/rfc822")
                    || type.startsWith("text/rfc822-headers")
                    || type.startsWith("message/global")) {
                reported(part);
            } else if (type.startsWith("text/html")) {
                html = html == null ? string(part) : html;
            } else if (type.startsWith("text/")) {
                plain = plain == null ? string(part) : plain;
            }
        } catch (MessagingException | IOException | RuntimeException unreadable) {
            // A part that cannot be read is as if it were not there; the message itself is kept.
        }
    }

    private void walk(Multipart multipart, int depth) throws MessagingException {
        for (int i = 0; i < multipart.getCount(); i++) {
            BodyPart part = multipart.getBodyPart(i);
            walk(part, depth + 1);
        }
    }

    /** The copy of the mail that a report is about: only its headers matter. */
    private void reported(Part part) throws MessagingException, IOException {
        try (InputStream stream = part.getInputStream()) {
            InternetHeaders headers = new InternetHeaders(stream, true);
            String id = headers.getHeader("Message-ID", " ");
            if (id != null) {
                reportedIds.addAll(messageIds(id));
            }
        }
    }

    private static String type(Part part) throws MessagingException {
        String type = part.getContentType();
        return type == null ? "text/plain" : type.strip().toLowerCase(Locale.ROOT);
    }

    /** The text of a part, in its character set or the nearest thing to it. */
    private static String string(Part part) throws MessagingException, IOException {
        try (InputStream stream = part.getInputStream()) {
            byte[] bytes = stream.readNBytes(MAX_TEXT);
            return new String(bytes, charset(part));
        }
    }

    private static Charset charset(Part part) throws MessagingException {
        try {
            String name = new ContentType(part.getContentType()).getParameter("charset");
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
        } catch (ParseException | IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    private String text() {
        if (plain != null && !plain.isBlank()) {
            return plain;
        }
        return html == null ? "" : PlainText.of(html);
    }

    private static List<String> thread(Map<String, List<String>> headers) {
        List<String> ids = new ArrayList<>(messageIds(first(headers, "in-reply-to")));
        List<String> references = messageIds(first(headers, "references"));
        Collections.reverse(references);
        ids.addAll(references);
        return ids.stream().distinct().limit(100).toList();
    }

    private static List<String> messageIds(String text) {
        List<String> ids = new ArrayList<>();
        Matcher matcher = MESSAGE_ID.matcher(text);
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return ids;
    }

    private static String decoded(String text) {
        try {
            return MimeUtility.decodeText(text);
        } catch (UnsupportedEncodingException unknown) {
            return text;
        }
    }

    private static String address(String header) {
        try {
            InternetAddress[] parsed = InternetAddress.parseHeader(header, false);
            if (parsed.length > 0
                    && parsed[0].getAddress() != null
                    && parsed[0].getAddress().contains("@")) {
                return parsed[0].getAddress().strip().toLowerCase(Locale.ROOT);
            }
        } catch (MessagingException broken) {
            // A person may still see who wrote.
        }
        Matcher matcher = BARE_ADDRESS.matcher(header);
        return matcher.find() ? matcher.group().toLowerCase(Locale.ROOT) : null;
    }

    private static List<String> addresses(Map<String, List<String>> headers, String... names) {
        List<String> addresses = new ArrayList<>();
        for (String name : names) {
            for (String value : headers.getOrDefault(name, List.of())) {
                Matcher matcher = BARE_ADDRESS.matcher(value);
                while (matcher.find() && addresses.size() < 100) {
                    addresses.add(matcher.group());
                }
            }
        }
        return addresses;
    }
}
