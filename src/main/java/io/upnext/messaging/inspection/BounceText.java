package io.upnext.messaging.inspection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a bounce that is not (only) in the standard's form: what the server says, apart from the mail that it
 * quotes, and whom it speaks of.
 *
 * @param words what the server says
 * @param original the headers of the quoted mail, where it quotes one in its text
 */
record BounceText(String words, Headers original) {

    private static final Phrases MARKERS = Phrases.load("original-follows");
    private static final int MOST_LINES = 4_000;
    private static final int MOST_RECIPIENTS = 500;

    /** Headers only a quoted mail begins with; servers write others ("To:", "Subject:") about it in their own words. */
    private static final Pattern BEGINS = Pattern.compile(
            "(?i)^(?:> ?)?(received|return-path|delivered-to|dkim-signature|x-[a-z0-9-]{1,60}|message-id|mime-version"
                    + "|authentication-results|arc-[a-z-]{1,40}|domainkey-signature)\\s{0,2}:.*");

    private static final Pattern LEADING = Pattern.compile(
            "(?i)^[\\s*>-]{0,20}(?:[245]\\d\\d[ -](?:\\d\\.\\d\\.\\d{1,3} )?)?(?:(?:to|recipient|final recipient|original recipient|rcpt to|addressed to|recipient address"
                    + "|failed recipient|rejected recipient|could not be delivered to|message to|user mailbox exceeds allowed size|unknown user|user unknown|empfänger|destinataire|invalid address|address)\\s{0,5}[:;.]?\\s{0,20})?"
                    + "[\"'(\\[]?<?\\s{0,3}([^\\s<>()\\[\\]\",;:'=|@]{1,128}+@[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,252})>?.*");

    /** Lines that name who sent the mail, or the mail itself. */
    private static final Pattern ABOUT_SENDER = Pattern.compile(
            "(?i)^[\\s>*-]{0,20}(?:from|sender|mail from|envelope-from|reply-to|return-path|message-id|subject|in-reply-to"
                    + "|references|x-[a-z-]{1,40}|cc|date|sent|von|de|betreff)\\s{0,5}:");

    private static final Pattern IN_TRANSCRIPT = Pattern.compile("^[\\s>]{0,20}[245]\\d\\d[ -]");

    static BounceText of(String text) {
        List<String> lines = text.lines().limit(MOST_LINES).toList();
        int cut = original(lines);
        String words = String.join("\n", lines.subList(0, cut));
        return new BounceText(words, headers(lines.subList(cut, lines.size())));
    }

    private static int original(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (i > 0 && isMarker(line.strip())) {
                return i;
            }
            if (i > 1 && BEGINS.matcher(line).matches() && headersFollow(lines, i)) {
                return i;
            }
        }
        return lines.size();
    }

    /** A line of its own, not a sentence that happens to speak of the original message. */
    private static boolean isMarker(String line) {
        if (line.length() > 120 || line.isEmpty()) {
            return false;
        }
        boolean ruled = "-=*_".indexOf(line.charAt(0)) >= 0 || line.endsWith(":") || line.endsWith("-");
        String words = Phrases.normal(line);
        return MARKERS.any(ruled ? words : words.substring(0, Math.min(words.length(), 40)));
    }

    private static boolean headersFollow(List<String> lines, int from) {
        long fields = lines.subList(from, Math.min(lines.size(), from + 12)).stream()
                .filter(line -> line.matches("(?i)^[> ]{0,4}[a-z][a-z0-9-]{1,60}\\s{0,2}:.*")
                        || line.startsWith("\t")
                        || line.startsWith("    "))
                .count();
        return fields >= 3;
    }

    private static Headers headers(List<String> lines) {
        int from = 0;
        while (from < lines.size() && !lines.get(from).matches("(?i)^[> ]{0,4}[a-z][a-z0-9-]{1,60}\\s{0,2}:.*")) {
            from++;
        }
        StringBuilder block = new StringBuilder();
        for (String line : lines.subList(from, Math.min(lines.size(), from + 400))) {
            String bare = line.startsWith("> ") ? line.substring(2) : line;
            if (bare.isBlank()) {
                break;
            }
            block.append(bare).append('\n');
        }
        return MimeReader.read(block.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .headers();
    }

    /**
     * Whom the server speaks of, in order, each with what it says about it. An address at the beginning of a line opens a
     * section of its own.
     *
     * @param others addresses that are none of the recipients: who gets the bounce, who sends it
     * @param known recipients of the quoted mail; where one of them is spoken of, only such are meant
     */
    Map<String, String> recipients(Set<String> others, Set<String> known) {
        Map<String, StringBuilder> leading = new LinkedHashMap<>();
        Map<String, StringBuilder> anywhere = new LinkedHashMap<>();
        String current = null;
        StringBuilder before = new StringBuilder();
        for (String line : words.lines().toList()) {
            if (ABOUT_SENDER.matcher(line).find()) {
                continue;
            }
            Matcher matcher = LEADING.matcher(line);
            if (matcher.matches() && counts(matcher.group(1), others)) {
                current = tidy(matcher.group(1));
                // In a transcript the conversation stands before the line that names the address.
                String conversation = IN_TRANSCRIPT.matcher(line).find() ? before + line + "\n" : "";
                before.setLength(0);
                if (leading.size() < MOST_RECIPIENTS) {
                    leading.computeIfAbsent(current, address -> new StringBuilder())
                            .append(conversation);
                }
                current = conversation.isEmpty() ? current : null;
            } else if (before.length() < 4_000) {
                before.append(line).append('\n');
            }
            for (String address : Addresses.in(line, 5)) {
                if (counts(address, others) && anywhere.size() < MOST_RECIPIENTS) {
                    anywhere.computeIfAbsent(tidy(address), a -> new StringBuilder())
                            .append(line)
                            .append('\n');
                }
            }
            if (current != null && leading.containsKey(current)) {
                leading.get(current).append(line).append('\n');
            }
        }
        anywhere.forEach((address, said) ->
                leading.computeIfPresent(address, (a, section) -> section.length() < said.length() ? said : section));
        return chosen(leading, anywhere, known);
    }

    private static Map<String, String> chosen(
            Map<String, StringBuilder> leading, Map<String, StringBuilder> anywhere, Set<String> known) {
        Map<String, String> result = new LinkedHashMap<>();
        leading.forEach((address, said) -> result.put(address, said.toString()));
        if (result.isEmpty()) {
            anywhere.forEach((address, said) -> {
                if (known.contains(address)) {
                    result.put(address, said.toString());
                }
            });
        }
        if (result.isEmpty()) {
            anywhere.forEach((address, said) -> result.put(address, said.toString()));
        }
        return result;
    }

    private static boolean counts(String address, Set<String> others) {
        String bare = tidy(address);
        return bare.indexOf('.', bare.indexOf('@')) > 0
                && !others.contains(bare)
                && !Daemons.isDaemon(bare)
                && bare.length() <= 254;
    }

    private static String tidy(String address) {
        String bare = address.toLowerCase(Locale.ROOT);
        while (bare.endsWith(".") || bare.endsWith("-") || bare.endsWith("_")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        return bare.startsWith("mailto") ? bare.substring(6) : bare;
    }

    static List<String> list(Map<String, String> recipients) {
        return new ArrayList<>(recipients.keySet());
    }
}
