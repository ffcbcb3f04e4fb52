package io.upnext.messaging.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mail addresses in running text and in headers, broken ones too. */
final class Addresses {

    private static final String LOCAL = "[^\\s<>()\\[\\]\",;:'=|/\\\\@\\u3000-\\u303f\\uff00-\\uffef]{1,128}+";
    private static final String DOMAIN = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}._-]{0,252}[\\p{L}\\p{N}])?";
    private static final Pattern ADDRESS = Pattern.compile(LOCAL + "@" + DOMAIN);
    private static final Pattern IN_BRACKETS = Pattern.compile("<\\s{0,5}([^<>\\s]{1,320}@[^<>\\s]{1,255})\\s{0,5}>");

    private Addresses() {}

    /** The first address of a header, the one in angle brackets before any in the name; null where there is none. */
    static String first(String header) {
        Matcher bracketed = IN_BRACKETS.matcher(header);
        if (bracketed.find()) {
            return bare(bracketed.group(1));
        }
        List<String> found = in(header, 1);
        return found.isEmpty() ? null : found.get(0).toLowerCase(Locale.ROOT);
    }

    static List<String> in(String text, int limit) {
        List<String> found = new ArrayList<>();
        if (text.indexOf('@') < 0) {
            return found;
        }
        Matcher matcher = ADDRESS.matcher(text);
        while (found.size() < limit && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    /** {@code rfc822; <Ada@example.com>} is {@code ada@example.com}; the empty text where there is none. */
    static String ofField(String field) {
        if (field == null) {
            return "";
        }
        return bare(field.substring(field.indexOf(';') + 1));
    }

    static String bare(String value) {
        String address = value.strip();
        int open = address.lastIndexOf('<');
        int close = address.indexOf('>', open + 1);
        if (open >= 0) {
            address = address.substring(open + 1, close < 0 ? address.length() : close);
        }
        int blank = address.indexOf(' ');
        address = blank > 0 ? address.substring(0, blank) : address;
        String unquoted = address.replace("\"", "").strip().toLowerCase(Locale.ROOT);
        return unquoted.length() > 320 ? unquoted.substring(0, 320) : unquoted;
    }
}
