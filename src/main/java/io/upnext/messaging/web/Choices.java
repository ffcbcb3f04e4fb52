package io.upnext.messaging.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What a form offers to choose from, in the language of the page. */
@Component
class Choices {

    private final MessageSource texts;

    Choices(MessageSource texts) {
        this.texts = texts;
    }

    /** By what a form sends. @param prefix of the texts' keys, whose end is the value */
    @SafeVarargs
    final <E extends Enum<E>> Map<String, String> of(String prefix, E... values) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (E value : values) {
            choices.put(
                    value.name(),
                    texts.getMessage(prefix + value, null, value.name(), LocaleContextHolder.getLocale()));
        }
        return choices;
    }
}
