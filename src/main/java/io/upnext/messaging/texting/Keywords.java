package io.upnext.messaging.texting;

import java.util.Locale;
import java.util.Set;

/** The words by which people end and take up again what they get; alone in a message, in any spelling of case. */
final class Keywords {

    enum Meaning {
        STOP,
        START,
        NONE
    }

    private static final Set<String> STOP = Set.of(
            "STOP",
            "STOPALL",
            "STOP ALL",
            "UNSUBSCRIBE",
            "CANCEL",
            "END",
            "QUIT",
            "REVOKE",
            "OPTOUT",
            "STOPP",
            "ABMELDEN",
            "ABBESTELLEN",
            "ABMELDUNG");

    private static final Set<String> START = Set.of("START", "UNSTOP", "ANMELDEN");

    private Keywords() {}

    /** @param told what the gateway makes of it itself ({@code OptOutType}); may be null */
    static Meaning of(String text, String told) {
        String word = told != null ? told : text;
        String folded = word == null
                ? ""
                : word.replaceAll("[^\\p{L}\\p{N}]+", " ").strip().toUpperCase(Locale.ROOT);
        if (STOP.contains(folded)) {
            return Meaning.STOP;
        }
        return START.contains(folded) ? Meaning.START : Meaning.NONE;
    }
}
