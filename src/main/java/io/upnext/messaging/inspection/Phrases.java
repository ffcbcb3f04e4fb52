package io.upnext.messaging.inspection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table of phrases, one a line: {@code word | phrase}. A {@code *} stands for anything of up to {@value #GAP}
 * characters. The first line that fits wins. Looked for as plain text, so that no mail can make it take long.
 */
final class Phrases {

    private static final int GAP = 120;

    private record Phrase(String word, String[] pieces) {}

    private final List<Phrase> phrases = new ArrayList<>();

    private Phrases() {}

    /** @param name of a file in {@code mail-rules} on the class path, without its ending */
    static Phrases load(String name) {
        Phrases table = new Phrases();
        String file = "/mail-rules/" + name + ".txt";
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Phrases.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(table::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void add(String line) {
        int bar = line.indexOf('|');
        // Blanks at the ends count: that is how a phrase says that a word begins or ends there.
        String phrase = line.substring(bar + 1).replaceFirst("^ ", "").toLowerCase(Locale.ROOT);
        String[] pieces = phrase.split("\\*");
        if (bar < 0 || pieces.length == 0 || Arrays.asList(pieces).contains("")) {
            throw new IllegalStateException("'" + line + "' is no rule.");
        }
        phrases.add(new Phrase(line.substring(0, bar).strip(), pieces));
    }

    /** The word of the first phrase that occurs in the text ({@link #normal}), or null. */
    String first(String normal) {
        for (Phrase phrase : phrases) {
            if (occurs(phrase.pieces(), normal)) {
                return phrase.word();
            }
        }
        return null;
    }

    boolean any(String normal) {
        return first(normal) != null;
    }

    /** Whether the text begins with a phrase. */
    boolean begins(String normal) {
        return phrases.stream()
                .anyMatch(phrase ->
                        normal.startsWith(phrase.pieces()[0].stripTrailing()) && occurs(phrase.pieces(), normal));
    }

    private static boolean occurs(String[] pieces, String text) {
        for (int at = text.indexOf(pieces[0]); at >= 0; at = text.indexOf(pieces[0], at + 1)) {
            if (follows(pieces, text, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean follows(String[] pieces, String text, int at) {
        int end = at + pieces[0].length();
        for (int i = 1; i < pieces.length; i++) {
            int next = text.indexOf(pieces[i], end);
            if (next < 0 || next - end > GAP) {
                return false;
            }
            end = next + pieces[i].length();
        }
        return true;
    }

    /** Lower case, one blank for all white space, plain apostrophes; a blank at both ends. */
    static String normal(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append(' ');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || c == '\u00A0') {
                if (out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
            } else {
                out.append(c == '\u2019' || c == '`' ? '\'' : Character.toLowerCase(c));
            }
        }
        return out.charAt(out.length() - 1) == ' '
                ? out.toString()
                : out.append(' ').toString();
    }
}
