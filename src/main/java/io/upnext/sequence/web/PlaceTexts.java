package io.upnext.sequence.web;

import io.upnext.sequence.edit.Place;
import java.util.Locale;
import org.springframework.context.MessageSource;

/** Says in the viewer's language where a step stands. */
record PlaceTexts(MessageSource texts, Locale locale) {

    public String of(String place) {
        return Place.of(place)
                .said(texts.getMessage("sequence.yes", null, locale), texts.getMessage("sequence.no", null, locale));
    }
}
