package io.upnext.sequence.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.upnext.shared.InvalidException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A value in a JSON document and where it stands, so that every refusal can name the place. Nothing is coerced; null is
 * the same as absent.
 */
final class JsonPlace {

    private final JsonNode node;
    private final String path;

    private JsonPlace(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    static JsonPlace root(JsonNode node) {
        return new JsonPlace(node, "");
    }

    String path() {
        return path;
    }

    /** @throws InvalidException where it is no object or has a field that is not known */
    JsonPlace object(Set<String> known) {
        if (!node.isObject()) {
            throw wrong("an object");
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new InvalidException("'" + pathOf(name) + "' is not known here; known are "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
        return this;
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    boolean isObject() {
        return node.isObject();
    }

    /** The field, or null where it is absent or null. */
    JsonPlace at(String name) {
        JsonNode child = node.get(name);
        return child == null || child.isNull() ? null : new JsonPlace(child, pathOf(name));
    }

    <T> T at(String name, Function<JsonPlace, T> reader) {
        JsonPlace child = at(name);
        return child == null ? null : reader.apply(child);
    }

    String text(String name) {
        return at(name, JsonPlace::text);
    }

    Integer integer(String name) {
        return at(name, JsonPlace::integer);
    }

    Boolean truth(String name) {
        return at(name, JsonPlace::truth);
    }

    <E extends Enum<E>> E oneOf(String name, Class<E> values) {
        return at(name, place -> place.oneOf(values));
    }

    List<String> texts(String name) {
        return list(name, JsonPlace::text);
    }

    <T> List<T> list(String name, Function<JsonPlace, T> reader) {
        return at(name, place -> place.list(reader));
    }

    <T> List<T> list(Function<JsonPlace, T> reader) {
        if (!node.isArray()) {
            throw wrong("a list");
        }
        List<T> items = new ArrayList<>(node.size());
        for (int index = 0; index < node.size(); index++) {
            items.add(reader.apply(new JsonPlace(node.get(index), path + "[" + index + "]")));
        }
        return List.copyOf(items);
    }

    String text() {
        if (!node.isTextual()) {
            throw wrong("a text");
        }
        String text = node.textValue();
        if (!storable(text)) {
            throw new InvalidException(named() + " contains a character that cannot be stored (NUL or half a surrogate"
                    + " pair); take it out.");
        }
        return text;
    }

    Integer integer() {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw wrong("a whole number");
        }
        return node.intValue();
    }

    Boolean truth() {
        if (!node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.booleanValue();
    }

    <E extends Enum<E>> E oneOf(Class<E> values) {
        String text = text();
        return Arrays.stream(values.getEnumConstants())
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidException(named() + " is '" + shortened(text) + "'; it must be one of "
                        + String.join(
                                ", ",
                                Arrays.stream(values.getEnumConstants())
                                        .map(Enum::name)
                                        .toList())
                        + "."));
    }

    JsonNode node() {
        return node;
    }

    InvalidException wrong(String expected) {
        return new InvalidException(named() + " must be " + expected + ", not " + found() + ".");
    }

    InvalidException refused(String sentence) {
        return new InvalidException(named() + " " + sentence);
    }

    private String named() {
        return path.isEmpty() ? "The document" : "'" + path + "'";
    }

    private String pathOf(String name) {
        return path.isEmpty() ? shortened(name) : path + "." + shortened(name);
    }

    private String found() {
        JsonNodeType type = node.getNodeType();
        return switch (type) {
            case STRING -> "the text \"" + shortened(node.textValue()) + "\"";
            case NUMBER -> "the number " + shortened(node.asText());
            case BOOLEAN -> node.asText();
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> "nothing";
        };
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** PostgreSQL's jsonb takes neither NUL nor half a surrogate pair. */
    private static boolean storable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
    }
}
