package io.upnext.web;

import java.util.Collection;
import java.util.List;

/** Asks {@code i18n/refusals_de.txt}, for tests of those who refuse. */
public final class InGerman {

    private static final Sentences GERMAN = Sentences.read("de");

    private InGerman() {}

    /** Those a German page would show in English. */
    public static List<String> missing(Collection<String> sentences) {
        return sentences.stream()
                .filter(sentence ->
                        GERMAN.find(sentence, (key, otherwise) -> otherwise).isEmpty())
                .sorted()
                .toList();
    }
}
