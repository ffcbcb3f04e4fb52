package io.upnext.messaging.inspection;

import io.upnext.messaging.template.PlainText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a message however broken it is: what cannot be read is left out, bounds hold for everything. */
public final class MailParser {

    private static final int MAX_PARTS_OF_TEXT = 6;
    private static final int MOST_TAGS = 10_000;
    private static final int MAX_EMBEDDED = 256 * 1024;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,990}>");

    private final List<String> statuses = new ArrayList<>();
    private final List<String> feedback = new ArrayList<>();
    private final List<Headers> returned = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private byte[] embedded;
    private int texts;

    private MailParser() {}

    /** Never fails: of what is no mail at all everything is empty. */
    public static ParsedMail parse(byte[] raw) {
        return new MailParser().parsed(MimeReader.read(raw));
    }

    private ParsedMail parsed(MimeEntity message) {
        walk(message);
        Headers headers = message.headers();
        return new ParsedMail(
                headers,
                mediaType(headers),
                Addresses.first(headers.first("from")),
                recipients(headers),
                headers.decoded("subject").replaceAll("\\s+", " ").strip(),
                thread(headers),
                text(),
                List.copyOf(statuses),
                List.copyOf(feedback),
                List.copyOf(returned),
                embedded);
    }

    private void walk(MimeEntity part) {
        if (!part.children().isEmpty()) {
            part.children().forEach(this::walk);
        } else if (part.is("message/delivery-status") || part.is("message/global-delivery-status")) {
            statuses.add(part.text());
        } else if (part.is("message/feedback-report")) {
            feedback.add(part.text());
        } else if (part.is("message/rfc822") || part.is("message/global") || part.is("message/partial")) {
            carried(part);
        } else if (part.is("text/rfc822-headers") || part.is("message/global-headers") || part.is("text/rfc822")) {
            returned.add(MimeReader.read(part.bytes(MAX_EMBEDDED)).headers());
        } else if (part.is("text/html")) {
            add(html, part);
        } else if (part.is("text/") || part.is("message/")) {
            add(plain, part);
        }
    }

    private void carried(MimeEntity part) {
        byte[] bytes = part.bytes(MAX_EMBEDDED);
        returned.add(MimeReader.read(bytes).headers());
        embedded = embedded == null ? bytes : embedded;
    }

    private void add(StringBuilder texts, MimeEntity part) {
        if (this.texts++ < MAX_PARTS_OF_TEXT && texts.length() < TransferText.MAX_TEXT) {
            texts.append(texts.isEmpty() ? "" : "\n").append(part.text());
        }
    }

    private String text() {
        if (!plain.toString().isBlank() || html.isEmpty()) {
            return plain.toString();
        }
        try {
            return html.chars().filter(c -> c == '<').count() > MOST_TAGS ? stripped() : PlainText.of(html.toString());
        } catch (RuntimeException | StackOverflowError tooDeep) {
            return stripped();
        }
    }

    /** Of elements within elements without end the words are what matters. */
    private String stripped() {
        return html.toString().replaceAll("<[^<>]{0,2000}>", " ");
    }

    /** As it names itself, even where it turned out to have no parts. */
    private static String mediaType(Headers headers) {
        return headers.first("content-type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> thread(Headers headers) {
        List<String> ids = new ArrayList<>(messageIds(headers.first("in-reply-to")));
        List<String> references = messageIds(headers.first("references"));
        Collections.reverse(references);
        ids.addAll(references);
        return ids.stream().distinct().limit(100).toList();
    }

    static List<String> messageIds(String text) {
        List<String> ids = new ArrayList<>();
        Matcher matcher = MESSAGE_ID.matcher(text);
        while (matcher.find() && ids.size() < 1_000) {
            ids.add(matcher.group());
        }
        return ids;
    }

    private static List<String> recipients(Headers headers) {
        List<String> addresses = new ArrayList<>();
        for (String name : List.of("to", "cc", "delivered-to", "x-original-to", "envelope-to")) {
            headers.all(name).forEach(value -> addresses.addAll(Addresses.in(value, 100)));
        }
        return addresses.stream().limit(200).toList();
    }
}
