package io.upnext.sequence.web;

import static io.upnext.sequence.web.FormField.Kind.CHOICE;
import static io.upnext.sequence.web.FormField.Kind.MOMENT;
import static io.upnext.sequence.web.FormField.Kind.NUMBER;
import static io.upnext.sequence.web.FormField.Kind.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.sequence.Step;
import io.upnext.shared.InvalidException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** What the form of an A/B test has beside that of a mail; its end is entered in the zone of who edits. */
final class AbTestForm {

    private static final String UNTIL = "until";

    private AbTestForm() {}

    static List<FormField> fields(StepChoices choices) {
        return List.of(
                template("a.template", choices.templates()),
                template("b.template", choices.templates()),
                FormField.of("split", NUMBER),
                choice("winner", choices.texts("abtest.winner.", (Object[]) Step.AbTest.Winner.values())),
                FormField.of(UNTIL, MOMENT),
                choice("default", choices.texts("abtest.variant.", "A", "B")));
    }

    private static FormField template(String path, Map<String, String> templates) {
        return templates.isEmpty() ? FormField.of(path, TEXT) : choice(path, templates);
    }

    private static FormField choice(String path, Map<String, String> choices) {
        return new FormField(path, CHOICE, choices);
    }

    static void show(ObjectNode step, ZoneId zone) {
        JsonNode until = step.get(UNTIL);
        if (until != null && until.isTextual()) {
            step.put(
                    UNTIL,
                    OffsetDateTime.parse(until.asText())
                            .atZoneSameInstant(zone)
                            .toLocalDateTime()
                            .truncatedTo(ChronoUnit.MINUTES)
                            .toString());
        }
    }

    static void read(ObjectNode step, ZoneId zone) {
        JsonNode until = step.get(UNTIL);
        if (until == null) {
            return;
        }
        try {
            step.put(
                    UNTIL,
                    LocalDateTime.parse(until.asText()).atZone(zone).toInstant().toString());
        } catch (DateTimeException noTime) {
            throw new InvalidException("'" + until.asText() + "' is no time; give one such as 2026-03-31T09:00.");
        }
    }
}
