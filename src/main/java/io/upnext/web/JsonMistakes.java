package io.upnext.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.upnext.shared.ProblemException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says in one sentence what is wrong with a JSON text and where: {@code steps[2].within.days}. */
final class JsonMistakes {

    private JsonMistakes() {}

    static String describe(JsonProcessingException mistake) {
        if (mistake instanceof StreamReadException) {
            return "The JSON is malformed at " + place(mistake.getLocation()) + ": " + firstLine(mistake) + ".";
        }
        if (firstLine(mistake).startsWith("Trailing token")) {
            return "The JSON is malformed: something stands after its end.";
        }
        var where = mistake instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
        var what = what(mistake);
        return where.isEmpty() ? "The JSON is not what is expected: " + what + "." : "'" + where + "': " + what + ".";
    }

    private static String what(JsonProcessingException mistake) {
        if (mistake instanceof UnrecognizedPropertyException unknown) {
            return unknownField(unknown);
        }
        if (mistake instanceof InvalidTypeIdException type) {
            return "'" + type.getTypeId() + "' is not known here";
        }
        if (mistake instanceof InvalidFormatException format) {
            return "'" + format.getValue() + "' is not " + expected(format.getTargetType());
        }
        if (mistake instanceof ValueInstantiationException made) {
            return madeOf(made);
        }
        if (mistake instanceof MismatchedInputException type && type.getTargetType() != null) {
            return "expected " + expected(type.getTargetType());
        }
        return firstLine(mistake);
    }

    private static String unknownField(UnrecognizedPropertyException unknown) {
        var known = unknown.getKnownPropertyIds();
        var list = known == null || known.isEmpty() || known.size() > 40 ? "" : "; known are " + sorted(known);
        return "there is no field of this name" + list;
    }

    private static String sorted(Collection<?> names) {
        return names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    /** A value refused by its own type: with its sentence where that is meant for the caller. */
    private static String madeOf(ValueInstantiationException made) {
        if (made.getCause() instanceof ProblemException problem) {
            return problem.getMessage().replaceAll("\\.$", "");
        }
        return "not " + expected(made.getType() == null ? null : made.getType().getRawClass());
    }

    static String expected(Class<?> type) {
        if (type == null) {
            return "what is allowed here";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (isWhole(type)) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type == double.class || type == float.class) {
            return "a number";
        }
        return expectedObject(type);
    }

    private static boolean isWhole(Class<?> type) {
        return List.of(int.class, Integer.class, long.class, Long.class, short.class, Short.class)
                .contains(type);
    }

    private static String expectedObject(Class<?> type) {
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        if (type.getPackageName().startsWith("java.time")) {
            return "an ISO-8601 "
                    + type.getSimpleName()
                            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                            .toLowerCase(java.util.Locale.ROOT);
        }
        if (type == UUID.class || type.getSimpleName().endsWith("Id")) {
            return "an id";
        }
        return "an object";
    }

    static String path(List<JsonMappingException.Reference> references) {
        var path = new StringBuilder();
        for (var reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }

    private static String place(JsonLocation location) {
        return location == null ? "its end" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String firstLine(JsonProcessingException mistake) {
        var message = mistake.getOriginalMessage();
        var line = message == null
                ? "it cannot be read"
                : message.lines().findFirst().orElse("it cannot be read");
        return line.replaceAll("\\(class [^)]*\\)|`[a-z]+(\\.[\\w$]+)+`|\\bcom\\.fasterxml\\S*", "value")
                .replaceAll("[.;:]\\s*$", "");
    }
}
