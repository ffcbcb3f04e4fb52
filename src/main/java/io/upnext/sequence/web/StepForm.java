package io.upnext.sequence.web;

import static io.upnext.sequence.web.FormField.Kind.CHECKS;
import static io.upnext.sequence.web.FormField.Kind.CHOICE;
import static io.upnext.sequence.web.FormField.Kind.FILTER;
import static io.upnext.sequence.web.FormField.Kind.LINES;
import static io.upnext.sequence.web.FormField.Kind.LONG_TEXT;
import static io.upnext.sequence.web.FormField.Kind.NUMBER;
import static io.upnext.sequence.web.FormField.Kind.TEXT;
import static io.upnext.sequence.web.FormField.Kind.YES_NO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The form of one step: which inputs its type has, and how they become a step again. */
final class StepForm {

    private final Step.Type type;
    private final Definition.Mode mode;
    private final StepChoices choices;

    StepForm(Step.Type type, Definition.Mode mode, StepChoices choices) {
        this.type = type;
        this.mode = mode;
        this.choices = choices;
    }

    List<FormField> fields() {
        List<FormField> fields = new ArrayList<>(List.of(FormField.of("name", TEXT)));
        fields.addAll(ofMode());
        fields.addAll(ofType());
        fields.add(FormField.of("description", LONG_TEXT));
        return fields;
    }

    private List<FormField> ofMode() {
        FormField when = FormField.of("when", FILTER);
        return switch (mode) {
            case ADAPTIVE -> List.of();
            case CLASSIC -> List.of(FormField.of("day", NUMBER), when);
            case SMART -> List.of(when, yesNo("repeat"));
        };
    }

    private List<FormField> ofType() {
        return switch (type) {
            case EMAIL, AUTOMATED_EMAIL -> mail();
            case PHONE_CALL, TASK -> instructed();
            case TEXT_MESSAGE, AUTOMATED_TEXT -> text();
            case WAIT ->
                List.of(
                        FormField.of("days", NUMBER),
                        FormField.of("hours", NUMBER),
                        choice("counting", choices.texts("sequence.counting.", Step.Wait.Counting.values())));
            case UPDATE_FIELD -> List.of(choice("update", choices.updates()));
            case ADVANCE -> List.of(choice("sequence", choices.sequences()));
            case CONDITION -> ConditionForm.fields(choices);
            case AB_TEST ->
                Stream.concat(AbTestForm.fields(choices).stream(), mailOptions().stream())
                        .toList();
            default -> List.of();
        };
    }

    private static List<FormField> instructed() {
        return List.of(
                FormField.of("script", LONG_TEXT),
                FormField.of("dueIn.days", NUMBER),
                FormField.of("dueIn.hours", NUMBER),
                FormField.of("checklist", LINES));
    }

    private List<FormField> mail() {
        Map<String, String> templates = choices.templates();
        FormField template = templates.isEmpty() ? FormField.of("template", TEXT) : choice("template", templates);
        return Stream.concat(Stream.of(template), mailOptions().stream()).toList();
    }

    private List<FormField> mailOptions() {
        return List.of(
                FormField.of("language", TEXT),
                choice("thread", choices.texts("sequence.thread.", Step.MailOptions.Thread.values())),
                choice("from", choices.senders()),
                FormField.of("replyTo", TEXT),
                FormField.of("cc", LINES),
                FormField.of("bcc", LINES),
                attachments(),
                yesNo("trackOpens"),
                yesNo("trackClicks"),
                yesNo("unsubscribeLink"));
    }

    private FormField attachments() {
        Map<String, String> names = choices.attachments();
        return names.isEmpty() ? FormField.of("attachments", LINES) : new FormField("attachments", CHECKS, names);
    }

    private List<FormField> text() {
        Map<String, String> templates = choices.textTemplates();
        return List.of(
                templates.isEmpty() ? FormField.of("template", TEXT) : choice("template", templates),
                FormField.of("language", TEXT));
    }

    private FormField yesNo(String path) {
        return new FormField(path, YES_NO, choices.texts("sequence.truth.", "true", "false"));
    }

    private static FormField choice(String path, Map<String, String> choices) {
        return new FormField(path, CHOICE, choices);
    }

    /** The step's JSON with the inputs that combine several of its values. */
    ObjectNode shown(ObjectNode step) {
        ObjectNode shown = step.deepCopy();
        if (step.path("when").isObject()) {
            shown.put("when", step.path("when").toPrettyString());
        }
        if (type == Step.Type.UPDATE_FIELD && step.has("field")) {
            shown.put(
                    "update",
                    step.path("field").asText() + "=" + step.path("value").asText());
        }
        if (type == Step.Type.CONDITION) {
            ConditionForm.show(shown, step.path("test"));
        }
        if (type == Step.Type.AB_TEST) {
            AbTestForm.show(shown, choices.zone());
        }
        return shown;
    }

    /**
     * The step with what was entered; what the form does not show (branches) stays.
     *
     * @throws InvalidException where something entered cannot be read
     */
    Step read(ObjectNode step, Map<String, String[]> entered) {
        ObjectNode changed = step.deepCopy();
        fields().forEach(field -> field.write(changed, entered.get(field.input())));
        if (changed.path("when").isTextual()) {
            changed.set("when", DefinitionJson.parse(changed.path("when").asText()));
        }
        if (type == Step.Type.UPDATE_FIELD) {
            readUpdate(changed);
        }
        if (type == Step.Type.CONDITION) {
            ConditionForm.read(changed);
        }
        if (type == Step.Type.AB_TEST) {
            AbTestForm.read(changed, choices.zone());
        }
        return DefinitionJson.readStep(changed);
    }

    private void readUpdate(ObjectNode step) {
        JsonNode update = step.remove("update");
        step.remove(List.of("field", "value"));
        if (update != null) {
            String[] parts = update.asText().split("=", 2);
            step.put("field", parts[0]);
            if (choices.isTwoOption(parts[0])) {
                step.put("value", Boolean.parseBoolean(parts[1]));
            } else if (parts.length > 1) {
                step.put("value", parts[1]);
            }
        }
    }
}
