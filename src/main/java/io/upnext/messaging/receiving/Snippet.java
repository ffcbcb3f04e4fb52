package io.upnext.messaging.receiving;

import java.util.regex.Pattern;

/** The beginning of what somebody wrote, without what they quote. */
final class Snippet {

    private static final int LENGTH = 300;
    private static final Pattern QUOTE_INTRODUCTION = Pattern.compile(
            "(?m)^\\s*(On .{1,200} wrote:|Am .{1,200} schrieb.{0,200}:|Le .{1,200} a écrit\\s*:|-{2,}\\s*(Original Message|Ursprüngliche Nachricht).*|_{10,})\\s*$");

    private Snippet() {}

    static String of(String text) {
        var quote = QUOTE_INTRODUCTION.matcher(text);
        String own = quote.find() ? text.substring(0, quote.start()) : text;
        String line = own.lines()
                .filter(l -> !l.stripLeading().startsWith(">"))
                .reduce("", (a, b) -> a + " " + b)
                .replaceAll("\\s+", " ")
                .strip();
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
    }
}
