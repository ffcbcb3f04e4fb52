package io.upnext.bench;

import io.upnext.messaging.inspection.Inspected;
import io.upnext.messaging.inspection.MailInspection;
import io.upnext.messaging.inspection.Reported;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real report made to concern a mail of ours, as the server that wrote it would have written it: the Message-ID it
 * returns and the address it names become those of the mail. What is encoded stays as it is.
 *
 * @param ours whether anything in it now names the mail; else it still is about somebody else's
 */
record PlayedReport(byte[] raw, boolean ours) {

    private static final Pattern END_OF_HEADERS = Pattern.compile("\\r?\\n\\r?\\n");
    private static final Pattern RETURNED_ID =
            Pattern.compile("(?im)^[> \\t|]*message-id[ \\t]*:\\s*(<[^<>\\s]{1,500}>)");
    private static final Pattern THREAD =
            Pattern.compile("(?im)^(?:in-reply-to|references)[ \\t]*:((?:.*(?:\\r?\\n[ \\t].*)*))");
    private static final Pattern TO = Pattern.compile("(?im)^to[ \\t]*:(.*(?:\\r?\\n[ \\t].*)*)");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:\"()]{1,100}@[^\\s<>,;:\"()]{1,100}");
    private static final Pattern DOMAIN = Pattern.compile("(?:[a-z0-9-]{1,63}\\.){1,10}[a-z]{2,20}");
    private static final Pattern ID = Pattern.compile("<[^<>\\s]{1,500}>");

    /**
     * @param number which of the report's recipients the mail went to
     * @param messageId of the mail, in angle brackets
     * @param address to which the mail went
     * @param mailbox from which it went, and to which the report goes
     * @param own the report's own Message-ID: no two servers give the same
     */
    static PlayedReport of(byte[] report, int number, String messageId, String address, String mailbox, String own) {
        String text = withoutEnvelopeLine(new String(report, StandardCharsets.ISO_8859_1));
        Matcher end = END_OF_HEADERS.matcher(text);
        int split = end.find() ? end.start() : text.length();
        String headers = text.substring(0, split);
        String body = text.substring(split);
        String returned = returnedId(headers, body);
        if (returned != null) {
            headers = headers.replace(returned, messageId);
            body = body.replace(returned, messageId);
        }
        List<String> named = addresses(report, number);
        String sender = sender(headers);
        if (sender != null && !named.contains(sender)) {
            headers = renamed(headers, sender, mailbox);
            body = renamed(body, sender, mailbox);
        }
        for (String recipient : named) {
            headers = renamed(headers, recipient, address);
            body = renamed(body, recipient, address);
        }
        boolean ours = Stream.of(headers, body).anyMatch(part -> part.contains(messageId) || part.contains(address));
        headers = header(header(headers, "To", mailbox), "Message-ID", own);
        return new PlayedReport((headers + body).getBytes(StandardCharsets.ISO_8859_1), ours);
    }

    /** What a mailbox file puts before a message. */
    private static String withoutEnvelopeLine(String text) {
        return text.startsWith("From ") ? text.substring(text.indexOf('\n') + 1) : text;
    }

    /** Of reports within reports the innermost names our mail. An automatic answer names it in its thread. */
    private static String returnedId(String headers, String body) {
        return last(RETURNED_ID, ID, body).or(() -> last(THREAD, ID, headers)).orElse(null);
    }

    private static Optional<String> last(Pattern field, Pattern wanted, String text) {
        return field.matcher(text)
                .results()
                .flatMap(found -> wanted.matcher(found.group(1)).results())
                .map(MatchResult::group)
                .reduce((before, after) -> after);
    }

    /** Some servers are known by their names, so the mail has to go to where the report comes from. */
    static String domain(byte[] report, int number) {
        return addresses(report, number).stream()
                .map(address -> address.substring(address.lastIndexOf('@') + 1))
                .filter(domain -> DOMAIN.matcher(domain).matches())
                .findFirst()
                .orElse("prospects.example");
    }

    /** Who wrote the mail that came back, and so gets the report. */
    private static String sender(String headers) {
        return last(TO, ADDRESS, headers).map(id -> id.toLowerCase(Locale.ROOT)).orElse(null);
    }

    private static List<String> addresses(byte[] report, int number) {
        Inspected read = MailInspection.inspect(report, Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        if (number >= read.recipients().size()) {
            return List.of();
        }
        Reported recipient = read.recipients().get(number);
        return Stream.of(recipient.address(), recipient.original())
                .filter(Objects::nonNull)
                .filter(found -> found.contains("@"))
                .distinct()
                .toList();
    }

    private static String renamed(String text, String named, String address) {
        Pattern whole = Pattern.compile("(?i)(?<![A-Za-z0-9._+-])" + Pattern.quote(named.toLowerCase(Locale.ROOT))
                + "(?![A-Za-z0-9_-]|\\.[A-Za-z0-9])");
        return whole.matcher(text).replaceAll(Matcher.quoteReplacement(address));
    }

    private static String header(String headers, String name, String value) {
        Pattern field = Pattern.compile("(?im)^" + name + "[ \\t]*:.*(?:\\r?\\n[ \\t].*)*");
        String line = name + ": " + value;
        Matcher found = field.matcher(headers);
        return found.find() ? found.replaceFirst(Matcher.quoteReplacement(line)) : line + "\r\n" + headers;
    }
}
