package io.upnext.sequence.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.shared.filter.Filter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Filters as the API writes them: {@code {"all"|"any": [leaf or filter, …]}}. */
final class FilterJson {

    private static final Set<String> GROUP = Set.of("all", "any");
    private static final Set<String> LEAF = Set.of("field", "op", "value");
    /** Groups within groups, no further. */
    private static final int MAX_DEPTH = 2;

    private static final int MAX_DIGITS = 40;

    private FilterJson() {}

    /** A bare leaf stands for all of one. */
    static Filter read(JsonPlace place) {
        return place.has("field") ? new Filter.All(List.of(leaf(place))) : group(place, 1);
    }

    private static Filter group(JsonPlace place, int depth) {
        place.object(GROUP);
        if (place.has("all") == place.has("any")) {
            throw place.refused("must have exactly one of 'all' and 'any'.");
        }
        if (depth > MAX_DEPTH) {
            throw place.refused("is nested too deeply; a filter nests once.");
        }
        return place.has("all")
                ? new Filter.All(place.list("all", part -> part(part, depth)))
                : new Filter.Any(place.list("any", part -> part(part, depth)));
    }

    private static Filter part(JsonPlace place, int depth) {
        boolean group = place.isObject() && (place.has("all") || place.has("any"));
        return group ? group(place, depth + 1) : leaf(place);
    }

    private static Filter leaf(JsonPlace place) {
        place.object(LEAF);
        for (String name : List.of("field", "op")) {
            if (!place.has(name)) {
                throw place.refused("needs '" + name + "'.");
            }
        }
        return new Filter.Leaf(
                place.text("field"), place.oneOf("op", Filter.Op.class), place.at("value", FilterJson::value));
    }

    private static Object value(JsonPlace place) {
        return place.node().isArray() ? place.list(FilterJson::scalar) : scalar(place);
    }

    static Object scalar(JsonPlace place) {
        JsonNode node = place.node();
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return number(place);
        }
        if (!node.isTextual()) {
            throw place.wrong("a text, a number, true or false");
        }
        return place.text();
    }

    /** Bounded before it is written out: 1e999999999 is a short text and a very long number. */
    private static BigDecimal number(JsonPlace place) {
        BigDecimal number = place.node().decimalValue();
        if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw place.refused("has too many digits; " + MAX_DIGITS + " are enough.");
        }
        return new BigDecimal(number.toPlainString());
    }

    static ObjectNode write(Filter filter) {
        ObjectNode node = JsonNodeFactory.withExactBigDecimals(true).objectNode();
        if (filter instanceof Filter.All all) {
            node.set("all", parts(all.parts()));
        } else if (filter instanceof Filter.Any any) {
            node.set("any", parts(any.parts()));
        } else if (filter instanceof Filter.Leaf leaf) {
            leaf(node, leaf);
        }
        return node;
    }

    private static ArrayNode parts(List<Filter> parts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        parts.forEach(part -> array.add(write(part)));
        return array;
    }

    private static void leaf(ObjectNode node, Filter.Leaf leaf) {
        node.put("field", leaf.field()).put("op", leaf.op().name());
        if (leaf.value() instanceof List<?> list) {
            ArrayNode array = node.putArray("value");
            list.forEach(item -> array.add(scalar(item)));
        } else if (leaf.value() != null) {
            node.set("value", scalar(leaf.value()));
        }
    }

    static JsonNode scalar(Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.withExactBigDecimals(true);
        if (value instanceof Boolean truth) {
            return nodes.booleanNode(truth);
        }
        if (value instanceof Number number) {
            return nodes.numberNode(new BigDecimal(number.toString()));
        }
        return nodes.textNode(value.toString());
    }
}
