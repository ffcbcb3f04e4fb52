package io.upnext.web;

import io.upnext.shared.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Says in the language of a page what was refused. The product refuses in English sentences, wherever it is called from;
 * the pages look the sentence up, as gettext does, in {@code i18n/refusals_<language>.txt}. What is not found there stays
 * as it is.
 */
@Component
public class RefusalTexts {

    private final MessageSource texts;
    private final Map<String, Sentences> languages = new ConcurrentHashMap<>();

    RefusalTexts(MessageSource texts) {
        this.texts = texts;
    }

    /** @param sentence may be null */
    public String in(Locale locale, String sentence) {
        return sentence == null ? null : find(locale, sentence).orElse(sentence);
    }

    public List<Problem> in(Locale locale, List<Problem> problems) {
        return problems.stream()
                .map(problem ->
                        new Problem(problem.rule(), problem.severity(), problem.step(), in(locale, problem.message())))
                .toList();
    }

    /** Empty where the language has no such sentence. */
    Optional<String> find(Locale locale, String sentence) {
        return languages
                .computeIfAbsent(locale.getLanguage(), Sentences::read)
                .find(sentence, (key, otherwise) -> texts.getMessage(key, null, otherwise, locale));
    }
}
