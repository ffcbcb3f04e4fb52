package io.upnext.security;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A setting that administrators may change. Packages that read one of their own declare it as a bean of this type.
 *
 * @param choices the words allowed; empty allows any
 * @param open may everybody read it, or administrators only
 */
public record KnownSetting(String name, Kind kind, Object byDefault, Set<String> choices, boolean open) {

    public enum Kind {
        TEXT,
        FLAG,
        NUMBER,
        WORDS,
        TIME_ZONE,
        LANGUAGE,
        COUNTRY
    }

    public static KnownSetting text(String name) {
        return new KnownSetting(name, Kind.TEXT, null, Set.of(), false);
    }

    public static KnownSetting flag(String name, boolean byDefault) {
        return new KnownSetting(name, Kind.FLAG, byDefault, Set.of(), true);
    }

    /** Whole numbers from 0 on. */
    public static KnownSetting number(String name, int byDefault) {
        return new KnownSetting(name, Kind.NUMBER, byDefault, Set.of(), true);
    }

    public static KnownSetting words(String name, Set<String> byDefault, Set<String> choices) {
        return new KnownSetting(name, Kind.WORDS, byDefault, choices, true);
    }

    /** Says what is wrong with a value, or null. */
    String mistake(JsonNode value) {
        return switch (kind) {
            case TEXT ->
                value.isTextual() && value.asText().length() <= 2_000
                        ? null
                        : "must be a text of at most 2,000 characters";
            case FLAG -> value.isBoolean() ? null : "must be true or false";
            case NUMBER -> value.isInt() && value.asInt() >= 0 ? null : "must be a whole number from 0 on";
            case WORDS -> words(value);
            case TIME_ZONE ->
                value.isTextual() && UserRules.isTimeZone(value.asText())
                        ? null
                        : "must be a time zone such as 'Europe/Berlin'";
            case LANGUAGE ->
                value.isTextual() && UserRules.isLocale(value.asText()) ? null : "must be a language such as 'en'";
            case COUNTRY ->
                value.isTextual() && value.asText().matches("([A-Za-z]{2})?")
                        ? null
                        : "must be a country of two letters (ISO 3166) such as 'DE'";
        };
    }

    private String words(JsonNode value) {
        if (!value.isArray() || value.size() > 200) {
            return "must be a list of words";
        }
        for (var word : value) {
            if (!word.isTextual() || word.asText().isBlank()) {
                return "must be a list of words";
            }
            if (!choices.isEmpty() && !choices.contains(word.asText())) {
                return "may only hold "
                        + String.join(", ", choices.stream().sorted().toList()) + ", not '" + word.asText() + "'";
            }
        }
        return null;
    }
}
