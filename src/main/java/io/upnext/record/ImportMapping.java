package io.upnext.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.upnext.record.Field.Kind;
import io.upnext.record.Field.Option;
import io.upnext.shared.InvalidException;
import io.upnext.shared.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the mapping of an import: by column the name of a field, or an object that says more. */
final class ImportMapping {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> KEYS =
            List.of("field", "values", "create", "kind", "options", "optional", "dayFirst");

    private final List<Problem> problems = new ArrayList<>();

    private ImportMapping() {}

    /** One column's target as written. @param options to be made with the field */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Target(
            String field,
            Map<String, String> values,
            boolean create,
            Kind kind,
            List<Option> options,
            boolean optional,
            boolean dayFirst) {}

    /**
     * By the name of the column.
     *
     * @throws InvalidException listing everything that is malformed
     */
    static Map<String, Target> read(String json) {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new InvalidException("'mapping' is no valid JSON: " + e.getOriginalMessage());
        }
        if (node == null || !node.isObject()) {
            throw new InvalidException("'mapping' is an object such as {\"Email\": \"email\"}: column to field.");
        }
        return new ImportMapping().targets(node);
    }

    private Map<String, Target> targets(JsonNode node) {
        Map<String, Target> targets = new LinkedHashMap<>();
        node.fields().forEachRemaining(entry -> {
            if (!entry.getValue().isNull()) {
                target(entry.getKey(), entry.getValue()).ifPresent(target -> targets.put(entry.getKey(), target));
            }
        });
        if (problems.isEmpty() && targets.isEmpty()) {
            wrong("'mapping' maps no column; name at least one.");
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
        return targets;
    }

    private Optional<Target> target(String column, JsonNode node) {
        if (node.isTextual() && !node.textValue().isBlank()) {
            return Optional.of(new Target(node.textValue(), Map.of(), false, null, List.of(), false, false));
        }
        if (!node.isObject()
                || !node.path("field").isTextual()
                || node.path("field").textValue().isBlank()) {
            wrong(column, "needs the name of a field, or an object with 'field'.");
            return Optional.empty();
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                wrong(
                        column,
                        "has the unknown key '" + Texts.shorten(name) + "'; known are " + String.join(", ", KEYS)
                                + ".");
            }
        });
        return Optional.of(new Target(
                node.get("field").textValue(),
                values(column, node.path("values")),
                flag(column, node, "create"),
                kind(column, node.path("kind")),
                options(column, node.path("options")),
                flag(column, node, "optional"),
                flag(column, node, "dayFirst")));
    }

    private Map<String, String> values(String column, JsonNode node) {
        Map<String, String> values = new LinkedHashMap<>();
        if (node.isMissingNode()) {
            return values;
        }
        if (!node.isObject()) {
            wrong(column, "has 'values' that are no object such as {\"1\": \"QUALIFIED\"}.");
            return values;
        }
        node.fields().forEachRemaining(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                values.put(entry.getKey(), entry.getValue().asText());
            } else {
                wrong(column, "maps '" + Texts.shorten(entry.getKey()) + "' to no plain value.");
            }
        });
        return values;
    }

    private boolean flag(String column, JsonNode node, String name) {
        JsonNode flag = node.path(name);
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            wrong(column, "has a '" + name + "' that is neither true nor false.");
        }
        return flag.asBoolean(false);
    }

    private Kind kind(String column, JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        return Stream.of(Kind.values())
                .filter(kind -> node.isTextual() && kind.name().equals(node.textValue()))
                .findFirst()
                .orElseGet(() -> {
                    wrong(column, "has an unknown 'kind'; give TEXT, NUMBER, DATE, TWO_OPTION or OPTION_SET.");
                    return null;
                });
    }

    private List<Option> options(String column, JsonNode node) {
        List<Option> options = new ArrayList<>();
        if (node.isMissingNode()) {
            return options;
        }
        if (!node.isArray()) {
            wrong(column, "has 'options' that are no list.");
        }
        for (JsonNode option : node) {
            if (option.isTextual()) {
                options.add(Option.written(null, option.textValue()));
            } else if (option.isObject()
                    && (option.path("code").isTextual() || option.path("label").isTextual())) {
                options.add(Option.written(
                        option.path("code").textValue(), option.path("label").textValue()));
            } else {
                wrong(column, "has an option that is neither a label nor {\"code\", \"label\"}.");
            }
        }
        return options;
    }

    private void wrong(String column, String sentence) {
        wrong("The column '" + Texts.shorten(column) + "' of the mapping " + sentence);
    }

    private void wrong(String sentence) {
        problems.add(Problem.error("mapping", sentence));
    }
}
