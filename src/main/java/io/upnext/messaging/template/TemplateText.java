package io.upnext.messaging.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A text with placeholders, taken apart once and filled many times. */
public final class TemplateText {

    /** Where in an HTML text a placeholder stands. */
    public enum Place {
        TEXT,
        /** In another attribute of an element. */
        ATTRIBUTE,
        /** The placeholder is the start of a link or image address. */
        URL,
        /** Further on in a link or image address. */
        PART_OF_URL
    }

    private static final Pattern URL_ATTRIBUTE =
            Pattern.compile("(?:href|src)\\s*=\\s*[\"']?([^\"'>]*)$", Pattern.CASE_INSENSITIVE);

    /** Either a literal text or a placeholder. */
    private record Part(String literal, Placeholder placeholder, Place place) {}

    private final List<Part> parts;

    private TemplateText(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Takes a text apart.
     *
     * @param problems gets a sentence for everything between braces that is no placeholder; such stay as literal text
     */
    public static TemplateText parse(String text, List<String> problems) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            if (open < 0) {
                break;
            }
            int close = text.indexOf("}}", open);
            if (close < 0) {
                problems.add("'" + shortened(text.substring(open)) + "' is opened by '{{' but never closed by '}}'.");
                break;
            }
            Placeholder placeholder = Placeholder.parse(text.substring(open + 2, close));
            if (placeholder == null) {
                problems.add("'" + shortened(text.substring(open, close + 2))
                        + "' is no placeholder; write {{record.field}} or {{record.field|fallback}} with record, account,"
                        + " contact, owner or sender before the dot.");
                parts.add(new Part(text.substring(at, close + 2), null, null));
            } else {
                parts.add(new Part(text.substring(at, open), null, null));
                parts.add(new Part(null, placeholder, place(text, open)));
            }
            at = close + 2;
        }
        parts.add(new Part(text.substring(at), null, null));
        return new TemplateText(parts);
    }

    private static Place place(String text, int at) {
        int tag = text.lastIndexOf('<', at);
        if (tag < 0 || text.lastIndexOf('>', at) > tag) {
            return Place.TEXT;
        }
        Matcher attribute = URL_ATTRIBUTE.matcher(text.substring(tag, at));
        if (!attribute.find()) {
            return Place.ATTRIBUTE;
        }
        return attribute.group(1).isBlank() ? Place.URL : Place.PART_OF_URL;
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    public Stream<Placeholder> placeholders() {
        return parts.stream().map(Part::placeholder).filter(Objects::nonNull);
    }

    /** Does a value decide where a link leads? Then the filled text must be sanitised again. */
    public boolean fillsUrls() {
        return parts.stream().anyMatch(part -> part.place() == Place.URL);
    }

    /**
     * The text with every placeholder replaced.
     *
     * @param value gives the text for a placeholder at its place, escaped as that place needs it
     */
    public String fill(BiFunction<Placeholder, Place, String> value) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(part.placeholder() == null ? part.literal() : value.apply(part.placeholder(), part.place()));
        }
        return filled.toString();
    }
}
