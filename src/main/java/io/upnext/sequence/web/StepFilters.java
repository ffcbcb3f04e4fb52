package io.upnext.sequence.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.record.FilterEditor;
import io.upnext.record.FilterEditors;
import io.upnext.record.FilterEditors.Place;
import io.upnext.record.FilterWords;
import io.upnext.sequence.Definition;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** The filters of a sequence and its steps, between the lines of their editors and the JSON that the forms know. */
@Component
class StepFilters {

    static final String EXIT = "exitWhen";

    private final FilterEditors editors;
    private final FilterWords words;

    StepFilters(FilterEditors editors, FilterWords words) {
        this.editors = editors;
        this.words = words;
    }

    Function<Filter, String> inWords(Definition definition) {
        return filter -> words.of(definition.effectiveRecordType(), filter);
    }

    /** What was sent, with each filter as JSON under its own name. */
    Map<String, String[]> asJson(Definition definition, List<String> names, Map<String, String[]> sent) {
        Map<String, String[]> all = new HashMap<>(sent);
        for (String name : names) {
            if (sent.containsKey(name) || sent.containsKey(name + ".rows")) {
                all.put(name, new String[] {editors.json(place(definition, name), sent)});
            }
        }
        return all;
    }

    FilterEditor exit(Definition definition, String json) {
        return editors.of(place(definition, EXIT), json);
    }

    /** The editors of a step's form by name of the input: as sent where it was, else as the step has them. */
    Map<String, FilterEditor> of(
            Definition definition, List<FormField> fields, ObjectNode step, Map<String, String[]> sent) {
        Map<String, FilterEditor> all = new HashMap<>();
        for (String name : names(fields)) {
            Place place = place(definition, name);
            all.put(
                    name,
                    sent.containsKey(name) || sent.containsKey(name + ".rows")
                            ? editors.sent(place, sent)
                            : editors.of(place, step.path(name).asText("")));
        }
        return all;
    }

    static List<String> names(List<FormField> fields) {
        return fields.stream()
                .filter(field -> field.kind() == FormField.Kind.FILTER)
                .map(FormField::input)
                .toList();
    }

    /** Only steps of Classic and Smart sequences can ask about the last mail. */
    private static Place place(Definition definition, String name) {
        RecordType type = definition.effectiveRecordType();
        return new Place(name, type, name.equals("when"));
    }
}
