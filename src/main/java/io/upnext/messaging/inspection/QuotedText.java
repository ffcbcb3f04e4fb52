package io.upnext.messaging.inspection;

import java.util.List;
import java.util.regex.Pattern;

/** Parts what somebody wrote from what they quote. */
public final class QuotedText {

    private static final int MOST_LINES = 5_000;
    private static final Pattern INTRODUCTION = Pattern.compile(
            "^\\s{0,10}(?:On .{1,200} wrote|Am .{1,200} schrieb.{0,200}|Le .{1,200} a écrit|El .{1,200} escribió|Il .{1,200} ha scritto"
                    + "|Op .{1,200} schreef.{0,200}|W dniu .{1,200} napisał.{0,20}|Em .{1,200} escreveu|Den .{1,200} skrev.{0,200})\\s?:?\\s{0,10}$");
    private static final Pattern SEPARATOR = Pattern.compile(
            "^\\s{0,10}(?:-{2,20}\\s?(?:Original Message|Ursprüngliche Nachricht|Originalnachricht|Message d'origine|Mensaje original"
                    + "|Messaggio originale|Mensagem original|Oorspronkelijk bericht|Forwarded message|Weitergeleitete Nachricht).{0,40}"
                    + "|_{10,200}|Begin forwarded message:|Von meinem .{1,40} gesendet|Sent from my .{1,40})\\s{0,10}$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADER =
            Pattern.compile("^\\s{0,10}\\*?(?:From|Von|De|Da|Van|Od|Från|Fra)\\s?:\\*?\\s.{1,300}$");
    private static final Pattern SECOND = Pattern.compile(
            "^\\s{0,10}\\*?(?:Sent|Date|To|Gesendet|Datum|An|Envoyé|À|Enviado|Para|Inviato|Verzonden|Aan|Wysłano|Do|Skickat|Till|Sendt|Til|Subject|Betreff)\\s?:.{0,300}$");

    private QuotedText() {}

    /** What stands above the first quotation, without quoted lines. */
    public static String own(String text) {
        List<String> lines = text.lines().limit(MOST_LINES).toList();
        StringBuilder own = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
            if (begins(line, next)) {
                break;
            }
            if (!line.stripLeading().startsWith(">")) {
                own.append(line).append('\n');
            }
        }
        return own.toString();
    }

    private static boolean begins(String line, String next) {
        // The introduction is often broken into two lines.
        boolean introduces = line.length() < 300;
        return introduces
                && (INTRODUCTION.matcher(line).matches()
                        || SEPARATOR.matcher(line).matches()
                        || line.length() < 120
                                && next.length() < 120
                                && INTRODUCTION.matcher(line + " " + next).matches()
                                && next.strip().endsWith(":")
                        || HEADER.matcher(line).matches()
                                && SECOND.matcher(next).matches());
    }
}
