package io.upnext.shared.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.upnext.shared.InvalidException;
import io.upnext.shared.filter.Filter.All;
import io.upnext.shared.filter.Filter.Any;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.shared.filter.Filter.Op;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a filter strictly: no unknown key, no coercion, nested once. */
final class FilterReader extends JsonDeserializer<Filter> {

    private static final Set<String> LEAF_KEYS = Set.of("field", "op", "value");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static Filter parse(String json) {
        JsonNode node;
        try {
            node = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new InvalidException("The filter is no valid JSON: " + e.getOriginalMessage());
        }
        try {
            return filter(node);
        } catch (Wrong e) {
            throw new InvalidException(e.getMessage());
        }
    }

    @Override
    public Filter deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode node = context.readTree(parser);
        try {
            return filter(node);
        } catch (Wrong e) {
            throw JsonMappingException.from(parser, e.getMessage());
        }
    }

    private static Filter filter(JsonNode node) {
        Filter filter = part(node, 0);
        return filter instanceof Leaf leaf ? new All(List.of(leaf)) : filter;
    }

    private static Filter part(JsonNode node, int depth) {
        if (node == null || !node.isObject()) {
            throw new Wrong("A filter is an object: {\"all\": […]}, {\"any\": […]} or {\"field\", \"op\", \"value\"}.");
        }
        if (!node.has("all") && !node.has("any")) {
            return leaf(node);
        }
        if (node.size() != 1) {
            throw new Wrong("A filter has either 'all' or 'any', and no other key beside it.");
        }
        if (depth > 1) {
            throw new Wrong("'all' and 'any' can be nested once only.");
        }
        boolean all = node.has("all");
        List<Filter> parts = parts(node.get(all ? "all" : "any"), depth);
        return all ? new All(parts) : new Any(parts);
    }

    private static List<Filter> parts(JsonNode list, int depth) {
        if (!list.isArray()) {
            throw new Wrong("'all' and 'any' take a list of conditions.");
        }
        List<Filter> parts = new ArrayList<>();
        list.forEach(part -> parts.add(part(part, depth + 1)));
        return parts;
    }

    private static Leaf leaf(JsonNode node) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!LEAF_KEYS.contains(name)) {
                throw new Wrong("A condition has no '" + shorten(name) + "'; it has 'field', 'op' and 'value'.");
            }
        }
        String field = text(node, "field");
        return new Leaf(field, op(text(node, "op"), field), value(node.get("value"), field));
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isTextual() || value.textValue().isBlank()) {
            throw new Wrong("A condition of a filter needs a '" + key + "', as text.");
        }
        return clean(value.textValue(), key);
    }

    private static Op op(String name, String field) {
        return Arrays.stream(Op.values())
                .filter(op -> op.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Wrong("The condition on '" + shorten(field) + "' has the unknown op '"
                        + shorten(name) + "'; known are "
                        + Arrays.stream(Op.values()).map(Enum::name).collect(Collectors.joining(", ")) + "."));
    }

    private static Object value(JsonNode node, String field) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isArray()) {
            return scalar(node, field);
        }
        List<Object> values = new ArrayList<>();
        node.forEach(item -> values.add(scalar(item, field)));
        return List.copyOf(values);
    }

    private static Object scalar(JsonNode node, String field) {
        if (node.isTextual()) {
            return clean(node.textValue(), field);
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber() && Double.isFinite(node.doubleValue())) {
            return number(node.decimalValue(), field);
        }
        throw new Wrong("The value of the condition on '" + shorten(field)
                + "' must be text, a number of usual size, true, false or a list of these.");
    }

    /** Numbers of absurd size would be written out digit by digit somewhere. */
    private static BigDecimal number(BigDecimal value, String field) {
        if (value.precision() > 40 || Math.abs(value.scale()) > 40) {
            throw new Wrong("The number in the condition on '" + shorten(field) + "' is too long.");
        }
        return value;
    }

    /** PostgreSQL stores no NUL. */
    private static String clean(String text, String where) {
        if (text.indexOf('\0') >= 0) {
            throw new Wrong("The text at '" + shorten(where) + "' contains a NUL character.");
        }
        return text;
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static final class Wrong extends RuntimeException {
        Wrong(String message) {
            super(message, null, false, false);
        }
    }
}
