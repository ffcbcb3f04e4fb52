package io.upnext.record.web;

import io.upnext.record.Timeline;
import io.upnext.web.Page;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Says entries of a timeline in the viewer's language: the text {@code timeline.<kind>} with its named values. */
@Component("timelineTexts")
class TimelineTexts {

    private static final Pattern NAMED = Pattern.compile("\\{([A-Za-z]+)}");

    private static final Map<String, String> ICONS = Map.of(
            "mail", "envelope",
            "text", "chat-dots",
            "call", "telephone",
            "meeting", "people",
            "note", "journal-text",
            "record", "plus-circle",
            "field", "pencil",
            "state", "flag",
            "owner", "person");

    /** Times are kept as instants and read in the viewer's zone. */
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z");

    private final MessageSource texts;
    private final Page page;

    TimelineTexts(MessageSource texts, Page page) {
        this.page = page;
        this.texts = texts;
    }

    public String text(Timeline.Entry entry) {
        Locale locale = LocaleContextHolder.getLocale();
        // Without arguments the text is not taken for a pattern of java.text, whose braces hold numbers
        String pattern = texts.getMessage("timeline." + entry.kind(), null, null, locale);
        if (pattern == null) {
            String details = entry.details().entrySet().stream()
                    .map(detail -> detail.getKey() + ": " + detail.getValue())
                    .collect(Collectors.joining(", "));
            return details.isEmpty() ? entry.kind() : entry.kind() + " – " + details;
        }
        return NAMED.matcher(pattern)
                .replaceAll(name -> Matcher.quoteReplacement(value(entry, name.group(1), locale)))
                .strip();
    }

    /** A constant such as {@code QUALIFIED} has a text of its own where one is written. */
    private String value(Timeline.Entry entry, String name, Locale locale) {
        String value = entry.details().getOrDefault(name, "");
        if (INSTANT.matcher(value).matches()) {
            return page.time(Instant.parse(value));
        }
        return texts.getMessage("timeline.value." + value, null, value, locale);
    }

    public String icon(Timeline.Entry entry) {
        String family = entry.kind().replaceAll("\\..*$", "");
        return ICONS.getOrDefault(family, "diagram-3");
    }
}
