package io.upnext.messaging.receiving;

import java.util.Set;
import java.util.regex.Pattern;

/** Tells mail that a program answered from mail that a person wrote; the headers of RFC 3834 and what came before. */
final class AutoReplies {

    private static final Set<String> PRECEDENCES = Set.of("auto_reply", "auto-reply", "bulk", "junk");

    private static final Pattern SUBJECT = Pattern.compile(
            "^\\s*(re:\\s*|aw:\\s*)?(auto(matic|matische|mated)?[ -]?(reply|response|antwort)|automatische antwort"
                    + "|auto:|autoreply|out of (the )?office|i am away|abwesen(heit|d)|nicht im (büro|hause)|ooo:"
                    + "|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina"
                    + "|risposta automatica|fuori ufficio|automatisch antwoord|afwezig)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private AutoReplies() {}

    static boolean is(ParsedMail mail) {
        String submitted = mail.header("Auto-Submitted").split(";", 2)[0].strip();
        return (!submitted.isEmpty() && !submitted.equalsIgnoreCase("no"))
                || mail.has("X-Autoreply")
                || mail.has("X-Autorespond")
                || mail.has("X-Auto-Response-Suppress")
                || PRECEDENCES.contains(mail.header("Precedence").toLowerCase(java.util.Locale.ROOT))
                || mail.header("Return-Path").equals("<>")
                || SUBJECT.matcher(mail.subject()).find();
    }
}
