package io.upnext.sequence.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One input of a step's form and the place of its value in the step's JSON.
 *
 * @param path where it stands, such as {@code within.days}
 * @param choices value → text, for choices
 */
record FormField(String path, Kind kind, Map<String, String> choices) {

    enum Kind {
        TEXT,
        LONG_TEXT,
        NUMBER,
        /** A date and a time of day, in the viewer's zone. */
        MOMENT,
        CHOICE,
        YES_NO,
        LINES,
        CHECKS,
        /** A filter, with an editor of its own. */
        FILTER
    }

    static FormField of(String path, Kind kind) {
        return new FormField(path, kind, Map.of());
    }

    /** The name of the text that labels it. */
    public String label() {
        return "sequence.field." + path;
    }

    public String input() {
        return path.replace('.', '-');
    }

    /** What the input shows for a step: lines of a list joined, absent values empty. */
    public String value(ObjectNode step) {
        JsonNode node = step.at("/" + path.replace('.', '/'));
        if (node.isArray()) {
            StringBuilder lines = new StringBuilder();
            node.forEach(item -> lines.append(item.asText()).append('\n'));
            return lines.toString().strip();
        }
        return node.isMissingNode() || node.isNull() ? "" : node.asText();
    }

    public List<String> values(ObjectNode step) {
        return value(step).lines().toList();
    }

    /** Writes what was entered; what was left empty becomes absent. Numbers that are none stay text, to be refused. */
    void write(ObjectNode step, String[] entered) {
        String[] parts = path.split("\\.");
        String name = parts[parts.length - 1];
        boolean empty = entered == null || Arrays.stream(entered).allMatch(String::isBlank);
        ObjectNode parent = parent(step, parts, !empty);
        if (parent == null) {
            return;
        }
        if (empty) {
            parent.remove(name);
        } else {
            put(parent, name, entered);
        }
        if (parts.length > 1 && parent.isEmpty()) {
            step.remove(parts[0]);
        }
    }

    private static ObjectNode parent(ObjectNode step, String[] parts, boolean make) {
        ObjectNode parent = step;
        for (int i = 0; i < parts.length - 1; i++) {
            if (parent.get(parts[i]) instanceof ObjectNode there) {
                parent = there;
            } else if (make) {
                parent = parent.putObject(parts[i]);
            } else {
                return null;
            }
        }
        return parent;
    }

    private void put(ObjectNode parent, String name, String[] entered) {
        String value = entered[0].strip();
        switch (kind) {
            case NUMBER -> number(parent, name, value);
            case YES_NO -> parent.put(name, Boolean.parseBoolean(value));
            case LINES -> list(parent.putArray(name), value.lines().toList());
            case CHECKS -> list(parent.putArray(name), List.of(entered));
            case LONG_TEXT, FILTER -> parent.put(name, entered[0].replace("\r\n", "\n"));
            default -> parent.put(name, value);
        }
    }

    private static void number(ObjectNode parent, String name, String value) {
        try {
            parent.put(name, Integer.parseInt(value));
        } catch (NumberFormatException noNumber) {
            parent.put(name, value);
        }
    }

    private static void list(ArrayNode array, List<String> values) {
        values.stream().map(String::strip).filter(text -> !text.isEmpty()).forEach(array::add);
    }
}
