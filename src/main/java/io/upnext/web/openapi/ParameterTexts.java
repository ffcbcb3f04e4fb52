package io.upnext.web.openapi;

import java.util.Locale;
import java.util.Map;

/** What parameters mean that many operations share. */
final class ParameterTexts {

    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("id", "The id"),
            Map.entry("name", "The name"),
            Map.entry("key", "The key"),
            Map.entry("type", "The kind"),
            Map.entry("q", "A part of the text to look for, without regard to case"),
            Map.entry("filter", "A filter as JSON"),
            Map.entry("state", "Only those in this state"),
            Map.entry("language", "The language, such as 'en'"),
            Map.entry("sequence", "The id of a sequence"),
            Map.entry("version", "The number of a version"),
            Map.entry("a", "The number of a version"),
            Map.entry("b", "The number of the version it is compared with"),
            Map.entry("recordType", "Only of this type of record"),
            Map.entry("tag", "Only what carries this tag or one below it"),
            Map.entry("due", "TODAY (with what is overdue), OVERDUE, LATER or ALL"),
            Map.entry("from", "From this moment on"),
            Map.entry("to", "Before this moment"),
            Map.entry("If-Match", "The ETag of what is changed"));

    private ParameterTexts() {}

    static String of(String name) {
        return TEXTS.getOrDefault(
                name, "The " + name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT));
    }
}
