package io.upnext.sequence.json;

import static io.upnext.sequence.json.StepWriter.name;
import static io.upnext.sequence.json.StepWriter.number;
import static io.upnext.sequence.json.StepWriter.span;
import static io.upnext.sequence.json.StepWriter.text;
import static io.upnext.sequence.json.StepWriter.texts;
import static io.upnext.sequence.json.StepWriter.truth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.sequence.Definition;

/** Writes a definition as it was saved: no default is filled in. */
final class DefinitionWriter {

    private DefinitionWriter() {}

    static ObjectNode write(Definition definition) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        text(node, "name", definition.name());
        text(node, "description", definition.description());
        name(node, "recordType", definition.recordType());
        name(node, "mode", definition.mode());
        text(node, "timeZone", definition.timeZone());
        texts(node, "tags", definition.tags());
        if (definition.assignTo() != null) {
            assignment(node.putObject("assignTo"), definition.assignTo());
        }
        if (definition.options() != null) {
            options(node.putObject("options"), definition.options());
        }
        if (definition.schedule() != null) {
            schedule(node.putObject("schedule"), definition.schedule());
        }
        if (definition.steps() != null) {
            node.set("steps", StepWriter.steps(definition.steps()));
        }
        return node;
    }

    private static void assignment(ObjectNode node, Definition.Assignment assignment) {
        name(node, "kind", assignment.kind());
        text(node, "user", assignment.user());
        text(node, "team", assignment.team());
        text(node, "field", assignment.field());
    }

    private static void options(ObjectNode node, Definition.Options options) {
        truth(node, "exitOnReply", options.exitOnReply());
        truth(node, "exitOnUnsubscribe", options.exitOnUnsubscribe());
        truth(node, "exitOnBounce", options.exitOnBounce());
        truth(node, "exitOnAccountReply", options.exitOnAccountReply());
        truth(node, "exitWhenDone", options.exitWhenDone());
        truth(node, "skipDuplicateAddresses", options.skipDuplicateAddresses());
        if (options.exitWhen() != null) {
            node.set("exitWhen", FilterJson.write(options.exitWhen()));
        }
        if (options.reentry() != null) {
            ObjectNode reentry = node.putObject("reentry");
            name(reentry, "kind", options.reentry().kind());
            number(reentry, "days", options.reentry().days());
        }
        if (options.window() != null) {
            window(node.putObject("window"), options.window());
        }
    }

    private static void window(ObjectNode node, Definition.Window window) {
        texts(node, "days", window.days());
        text(node, "from", window.from());
        text(node, "to", window.to());
        name(node, "zone", window.zone());
    }

    private static void schedule(ObjectNode node, Definition.Schedule schedule) {
        text(node, "at", schedule.at());
        text(node, "timeZone", schedule.timeZone());
        truth(node, "skipWeekends", schedule.skipWeekends());
        span(node, "every", schedule.every());
    }
}
