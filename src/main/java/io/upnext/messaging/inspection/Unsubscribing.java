package io.upnext.messaging.inspection;

import java.util.regex.Pattern;

/** Mail that asks for no more: to the address that List-Unsubscribe names, or in one word. */
final class Unsubscribing {

    private static final Phrases WORDS = Phrases.load("unsubscribe");
    private static final Pattern ADDRESS = Pattern.compile("\\+u-[A-Za-z0-9_-]+@");
    private static final int FEW = 60;

    private Unsubscribing() {}

    static boolean is(ParsedMail mail) {
        if (mail.recipients().stream()
                .anyMatch(address -> ADDRESS.matcher(address).find())) {
            return true;
        }
        String own = QuotedText.own(mail.text()).strip();
        String subject = mail.subject()
                .replaceFirst("(?i)^(?:(?:re|aw|antw|sv)\\s?:\\s?){1,4}", "")
                .strip();
        return says(subject) && (own.isEmpty() || own.length() < FEW) || says(own);
    }

    /** Nothing but the word: who writes a sentence may mean something else, and is answered by a person. */
    private static boolean says(String text) {
        if (text.isEmpty() || text.length() > FEW) {
            return false;
        }
        String bare = Phrases.normal(text.replaceAll("[.!,:;\"*_<>-]", " "));
        return WORDS.any("^" + bare.strip() + "$") || bare.matches(" ?unsubscribe [a-z0-9_-]{20,}.{0,40}");
    }
}
