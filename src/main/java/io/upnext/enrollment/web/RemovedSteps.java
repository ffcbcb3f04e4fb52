package io.upnext.enrollment.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.MigrationRequest.Choice;
import io.upnext.shared.InvalidException;
import java.util.HashMap;
import java.util.Map;

/**
 * What becomes of those at removed steps, as the API takes it: {@code {"call": "NEXT", "intro": "STAY"}}, the same as a
 * list of {@code {"step", "choice"}}, or one choice for all of them.
 */
record RemovedSteps(Map<String, Choice> byStep, Choice otherwise) {

    static RemovedSteps read(JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return new RemovedSteps(Map.of(), null);
        }
        if (node.isTextual()) {
            return new RemovedSteps(Map.of(), choice(node));
        }
        Map<String, Choice> byStep = new HashMap<>();
        if (node.isObject()) {
            node.properties().forEach(step -> byStep.put(step.getKey(), choice(step.getValue())));
        } else if (node.isArray()) {
            node.forEach(entry -> byStep.put(step(entry), choice(entry.path("choice"))));
        } else {
            throw malformed();
        }
        return new RemovedSteps(byStep, null);
    }

    private static String step(JsonNode entry) {
        if (!entry.path("step").isTextual()) {
            throw malformed();
        }
        return entry.path("step").asText();
    }

    private static Choice choice(JsonNode node) {
        for (Choice choice : Choice.values()) {
            if (node.isTextual() && choice.name().equals(node.asText())) {
                return choice;
            }
        }
        throw malformed();
    }

    private static InvalidException malformed() {
        return new InvalidException("'removedSteps' names for each removed step what becomes of those at it, such as"
                + " {\"call\": \"NEXT\"}; possible are NEXT, DISCONNECT and STAY.");
    }
}
