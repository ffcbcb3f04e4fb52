package io.upnext.messaging.inspection;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header fields of a message or part, unfolded; names without regard to case. */
public final class Headers {

    static final Headers NONE = new Headers();

    private static final int MOST = 2_000;
    private static final int LONGEST = 64_000;

    private final Map<String, List<String>> values = new HashMap<>();
    private int count;

    /** The first value of a header, or the empty text. */
    public String first(String name) {
        List<String> found = values.get(name.toLowerCase(Locale.ROOT));
        return found == null ? "" : found.get(0);
    }

    public List<String> all(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    public boolean has(String name) {
        return values.containsKey(name.toLowerCase(Locale.ROOT));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** The first value with its encoded words (RFC 2047) read. */
    public String decoded(String name) {
        return decode(first(name));
    }

    /** Of a header beyond the bounds nothing more is kept: no honest mail has that many. */
    void add(String name, String value) {
        if (++count <= MOST) {
            String kept = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
            values.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
                    .add(kept);
        }
    }

    /** A parameter such as {@code boundary}, with or without quotes; null where it is absent. */
    String parameter(String header, String name) {
        Matcher matcher = Pattern.compile(
                        "(?i);\\s{0,20}" + name + "\\s{0,20}=\\s{0,20}(?:\"([^\"]{0,500})\"|([^\\s;\"]{1,500}))")
                .matcher(first(header));
        if (!matcher.find()) {
            return null;
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    static String decode(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        try {
            // White space between two encoded words is not part of the text (RFC 2047 §6.2).
            return MimeUtility.decodeText(text);
        } catch (UnsupportedEncodingException | RuntimeException unknown) {
            return text;
        }
    }
}
