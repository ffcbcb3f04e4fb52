package io.upnext.messaging.inbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody wrote, and apart from it what they quote. @param quoted empty where nothing is */
public record FoldedText(String own, String quoted) {

    private static final Pattern QUOTE =
            Pattern.compile("(?m)^(?:>|\\s*(?:On .{1,200} wrote:|Am .{1,200} schrieb.{0,200}:"
                    + "|Le .{1,200} a écrit\\s*:|El .{1,200} escribió:|-{2,}\\s*(?:Original Message|Ursprüngliche Nachricht).*"
                    + "|_{10,}|(?:From|Von|De): .{1,200}@.{1,200})\\s*$)");

    static FoldedText of(String text) {
        Matcher quote = QUOTE.matcher(text);
        if (!quote.find() || text.substring(0, quote.start()).isBlank()) {
            return new FoldedText(text.strip(), "");
        }
        return new FoldedText(
                text.substring(0, quote.start()).strip(),
                text.substring(quote.start()).strip());
    }
}
