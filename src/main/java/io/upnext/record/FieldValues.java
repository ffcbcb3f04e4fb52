package io.upnext.record;

import io.upnext.record.Field.Option;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.filter.Moments;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads values for fields: strictly from JSON, leniently from the cell of a file. */
final class FieldValues {

    static final int MAX_TEXT = 10_000;

    /** Names are indexed, and an index takes no long texts. */
    private static final int MAX_NAME = 200;

    private FieldValues() {}

    /** A value to store, or what is wrong with it; both null where the field becomes empty. */
    record Read(Object value, Problem problem) {

        static final Read EMPTY = new Read(null, null);

        static Read of(Object value) {
            return new Read(value, null);
        }

        static Read refused(String rule, Field field, String sentence) {
            return new Read(null, Problem.error(rule, "'" + field.name() + "' " + sentence));
        }

        boolean isRefused() {
            return problem != null;
        }
    }

    /** A value as JSON brought it, without coercion; null and blank text empty the field. */
    static Read json(Field field, Object value) {
        if (value == null || value instanceof String text && text.isBlank()) {
            return Read.EMPTY;
        }
        return switch (field.kind()) {
            case TEXT -> value instanceof String text ? plainText(field, text.strip()) : kind(field, "text");
            case NUMBER -> value instanceof Number number ? number(field, number.toString()) : kind(field, "a number");
            case DATE -> value instanceof String text ? date(field, text) : kind(field, "a date such as 2025-01-31");
            case TWO_OPTION -> value instanceof Boolean ? Read.of(value) : kind(field, "true or false");
            case OPTION_SET ->
                value instanceof String text ? option(field, text) : kind(field, "the code of an option");
        };
    }

    /**
     * A value as somebody typed it into a form or a file; blank empties the field.
     *
     * @param dayFirst how to read dates with slashes
     */
    static Read text(Field field, String text, boolean dayFirst) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return Read.EMPTY;
        }
        return switch (field.kind()) {
            case TEXT -> plainText(field, trimmed);
            case NUMBER -> number(field, trimmed);
            case DATE ->
                WrittenDates.read(trimmed, dayFirst)
                        .map(date -> Read.of(date.toString()))
                        .orElseGet(() -> noDate(field, trimmed));
            case TWO_OPTION -> twoOption(field, trimmed);
            case OPTION_SET -> option(field, trimmed);
        };
    }

    /** Equal numbers are written the same way, without exponent or trailing zeros. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Read plainText(Field field, String text) {
        if (text.length() > MAX_TEXT) {
            return Read.refused("field-length", field, "is longer than " + MAX_TEXT + " characters.");
        }
        if (!Texts.isStorable(text)) {
            return Read.refused("field-value", field, "contains a character that cannot be stored.");
        }
        return standardRule(field, text)
                .map(sentence -> Read.refused("field-value", field, sentence))
                .orElse(Read.of(text));
    }

    /** What the text of some standard fields must look like, since mail and clocks depend on it. */
    private static Optional<String> standardRule(Field field, String text) {
        if (field.custom()) {
            return Optional.empty();
        }
        return switch (field.name()) {
            case "firstName", "lastName", "company", "name", "importName" ->
                text.length() <= MAX_NAME
                        ? Optional.empty()
                        : Optional.of("is longer than " + MAX_NAME + " characters.");
            case "email" ->
                EmailSyntax.isValid(text)
                        ? Optional.empty()
                        : Optional.of("is no mail address: " + Texts.shorten(text));
            case "timeZone" ->
                isZone(text)
                        ? Optional.empty()
                        : Optional.of("is no time zone such as Europe/Berlin: " + Texts.shorten(text));
            case "account", "contact" ->
                isId(text) ? Optional.empty() : Optional.of("is no id of a record: " + Texts.shorten(text));
            default -> Optional.empty();
        };
    }

    private static Read number(Field field, String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.precision() <= 30 && Math.abs(number.scale()) <= 30) {
                return Read.of(plain(number));
            }
            return Read.refused("field-value", field, "has more than 30 digits.");
        } catch (NumberFormatException e) {
            return Read.refused("field-kind", field, "needs a number, not " + Texts.shorten(text) + ".");
        }
    }

    private static Read date(Field field, String text) {
        return Moments.date(text).map(date -> Read.of(date.toString())).orElseGet(() -> noDate(field, text));
    }

    private static Read noDate(Field field, String text) {
        return Read.refused("field-kind", field, "needs a date such as 2025-01-31, not " + Texts.shorten(text) + ".");
    }

    private static Read twoOption(Field field, String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "yes", "true", "1", "ja", "wahr" -> Read.of(true);
            case "no", "false", "0", "nein", "falsch" -> Read.of(false);
            default -> Read.refused("field-kind", field, "needs yes or no, not " + Texts.shorten(text) + ".");
        };
    }

    private static Read option(Field field, String text) {
        return field.option(text)
                .map(Option::code)
                .map(Read::of)
                .orElseGet(() -> Read.refused(
                        "field-option",
                        field,
                        "has no option '" + Texts.shorten(text) + "'; it has "
                                + field.options().stream()
                                        .limit(20)
                                        .map(Option::code)
                                        .collect(Collectors.joining(", "))
                                + (field.options().size() > 20 ? ", …" : "") + "."));
    }

    private static Read kind(Field field, String needed) {
        return Read.refused("field-kind", field, "needs " + needed + ".");
    }

    private static boolean isZone(String text) {
        try {
            ZoneId.of(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isId(String text) {
        try {
            return RecordId.of(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
