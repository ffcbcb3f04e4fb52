package io.upnext.sequence.web;

import static io.upnext.sequence.web.FormField.Kind.CHECKS;
import static io.upnext.sequence.web.FormField.Kind.CHOICE;
import static io.upnext.sequence.web.FormField.Kind.FILTER;
import static io.upnext.sequence.web.FormField.Kind.NUMBER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.sequence.Step;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.InvalidException;
import java.util.List;
import java.util.Map;

/** The form of a condition: first what it asks about, then the inputs of each such question; of those one counts. */
final class ConditionForm {

    private ConditionForm() {}

    static List<FormField> fields(StepChoices choices) {
        return List.of(
                choice("ask", choices.texts("sequence.ask.", "any", "all", "call", "field", "stage")),
                new FormField(
                        "events",
                        CHECKS,
                        choices.texts("sequence.event.", "OPENED", "LINK_CLICKED", "REPLIED", "ATTACHMENT_OPENED")),
                FormField.of("within.days", NUMBER),
                FormField.of("within.hours", NUMBER),
                choice("decide", choices.texts("sequence.decide.", (Object[]) Step.Condition.Decide.values())),
                new FormField("outcomes", CHECKS, choices.outcomes()),
                FormField.of("filter", FILTER),
                new FormField("stages", CHECKS, choices.stages()));
    }

    private static FormField choice(String path, Map<String, String> choices) {
        return new FormField(path, CHOICE, choices);
    }

    /** @param test what the condition asks, as JSON */
    static void show(ObjectNode shown, JsonNode test) {
        if (test.has("email")) {
            String of = test.path("email").has("all") ? "all" : "any";
            shown.put("ask", of);
            shown.set("events", test.path("email").path(of));
        } else if (test.has("call")) {
            shown.put("ask", "call");
            shown.set("outcomes", test.path("call"));
        } else if (test.has("field")) {
            shown.put("ask", "field");
            shown.put("filter", test.path("field").toPrettyString());
        } else if (test.has("stage")) {
            shown.put("ask", "stage");
            String process = test.path("stage").path("process").asText();
            ArrayNode stages = shown.putArray("stages");
            test.path("stage").path("in").forEach(stage -> stages.add(process + "=" + stage.asText()));
        }
    }

    static void read(ObjectNode step) {
        JsonNode ask = step.remove("ask");
        JsonNode events = step.remove("events");
        JsonNode outcomes = step.remove("outcomes");
        JsonNode filter = step.remove("filter");
        JsonNode stages = step.remove("stages");
        if (ask == null) {
            return;
        }
        ObjectNode test = step.putObject("test");
        switch (ask.asText()) {
            case "call" -> test.set("call", outcomes == null ? step.arrayNode() : outcomes);
            case "field" ->
                test.set("field", filter == null ? step.objectNode() : DefinitionJson.parse(filter.asText()));
            case "stage" -> readStages(test.putObject("stage"), stages);
            default -> test.putObject("email").set(ask.asText(), events == null ? step.arrayNode() : events);
        }
        if (!test.has("email")) {
            step.remove(List.of("within", "decide"));
        }
    }

    /** Each is chosen as {@code process=stage}. */
    private static void readStages(ObjectNode test, JsonNode chosen) {
        ArrayNode in = test.arrayNode();
        if (chosen != null) {
            chosen.forEach(one -> {
                String[] parts = one.asText().split("=", 2);
                String process = test.path("process").asText(parts[0]);
                if (!process.equals(parts[0]) || parts.length < 2) {
                    throw new InvalidException("Choose stages of one process only.");
                }
                test.put("process", process);
                in.add(parts[1]);
            });
        }
        test.set("in", in);
    }
}
