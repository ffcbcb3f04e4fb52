package io.upnext.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.upnext.record.FilterEditor.Part;
import io.upnext.record.FilterEditor.Row;
import io.upnext.record.FilterLines.Group;
import io.upnext.record.FilterLines.Line;
import io.upnext.record.FilterLines.Node;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.Op;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/**
 * The forms in which people write filters: lines of field, operator and value, in groups as far as filters nest, and the
 * JSON of the whole beside them. Where the JSON was changed, it counts; else the lines do.
 */
@Component
public class FilterEditors {

    private final ConditionFields fields;
    private final Access access;
    private final ObjectWriter pretty;

    FilterEditors(ConditionFields fields, Access access, ObjectMapper json) {
        this.fields = fields;
        this.access = access;
        this.pretty = json.writerWithDefaultPrettyPrinter();
    }

    /** What a filter is about, and under which name its inputs are sent. */
    public record Place(String name, RecordType type, boolean lastMail) {

        public static Place of(String name, RecordType type) {
            return new Place(name, type, false);
        }
    }

    /** What somebody asked of the editor. */
    public enum Act {
        ADD,
        GROUP,
        REMOVE,
        /** A field, an operator, a value or the JSON was changed. */
        CHANGE
    }

    /** @param json of the filter, which may be blank or wrong */
    public FilterEditor of(Place place, String json) {
        return of(place, json, null);
    }

    public FilterEditor of(Place place, Filter filter) {
        return of(place, filter == null ? "" : write(filter));
    }

    /** The form as it was sent, to be shown again. */
    public FilterEditor sent(Place place, Map<String, String[]> sent) {
        return act(place, sent, Act.CHANGE, null);
    }

    /** @param key of the line or group that is meant, or null */
    public FilterEditor act(Place place, Map<String, String[]> sent, Act act, String key) {
        if (byHand(place, sent)) {
            return of(place, text(sent, place.name()), text(sent, place.name() + ".was"));
        }
        String fresh = act == Act.ADD || act == Act.GROUP ? key() : null;
        FilterLines lines = FilterLines.read(place.name(), sent);
        FilterLines changed =
                switch (act) {
                    case ADD -> lines.add(blank(key) ? null : key, Line.blank(fresh));
                    case GROUP -> lines.addGroup(new Group(key(), !lines.any(), List.of(Line.blank(fresh))));
                    case REMOVE -> lines.remove(key);
                    case CHANGE -> lines;
                };
        return shown(place, changed, fresh);
    }

    /**
     * The JSON of the filter that a form was sent with; blank where there is none.
     *
     * @throws InvalidException where the JSON of a condition cannot be read; JSON of the whole is given as it is
     */
    public String json(Place place, Map<String, String[]> sent) {
        if (byHand(place, sent)) {
            return text(sent, place.name());
        }
        Filter filter = reading(place).filter(FilterLines.read(place.name(), sent));
        return filter == null ? "" : write(filter);
    }

    /**
     * The filter that a form was sent with; empty where there is none.
     *
     * @throws InvalidException where its JSON cannot be read
     */
    public Optional<Filter> filter(Place place, Map<String, String[]> sent) {
        String json = json(place, sent);
        return blank(json) ? Optional.empty() : Optional.of(Filter.parse(json));
    }

    private static boolean byHand(Place place, Map<String, String[]> sent) {
        boolean rows = sent.containsKey(place.name() + ".rows");
        return !rows || !text(sent, place.name()).equals(text(sent, place.name() + ".was"));
    }

    private FilterEditor of(Place place, String json, String was) {
        if (blank(json)) {
            return shown(place, FilterLines.NONE, null);
        }
        try {
            Filter filter = Filter.parse(json);
            return reading(place)
                    .lines(filter, FilterEditors::key)
                    .map(lines -> shown(place, lines, null))
                    .orElseGet(() -> asJson(place, write(filter), null, null));
        } catch (InvalidException e) {
            return asJson(place, json, was, e.getMessage());
        }
    }

    private FilterEditor asJson(Place place, String json, String was, String mistake) {
        return new FilterEditor(
                place.name(),
                place.type(),
                place.lastMail(),
                false,
                false,
                List.of(),
                List.of(),
                json,
                was == null ? json : was,
                mistake,
                0,
                Filter.MAX_LEAVES);
    }

    private FilterEditor shown(Place place, FilterLines lines, String fresh) {
        ConditionReading reading = reading(place);
        String json = "";
        String mistake = null;
        try {
            Filter filter = reading.filter(lines);
            json = filter == null ? "" : write(filter);
        } catch (InvalidException e) {
            mistake = e.getMessage();
        }
        List<Part> parts = new ArrayList<>();
        int number = 1;
        for (Node node : lines.nodes()) {
            Part part = part(place, reading, node, number, fresh);
            parts.add(part);
            number += part.rows().size();
        }
        return new FilterEditor(
                place.name(),
                place.type(),
                place.lastMail(),
                true,
                lines.any(),
                parts,
                fields.groups(place.type(), place.lastMail()),
                json,
                json,
                mistake,
                number - 1,
                Filter.MAX_LEAVES);
    }

    private Part part(Place place, ConditionReading reading, Node node, int number, String fresh) {
        if (node instanceof Line line) {
            return new Part(line.key(), false, false, List.of(row(place, reading, line, line.key(), number, fresh)));
        }
        Group group = (Group) node;
        List<Row> rows = new ArrayList<>();
        for (Line line : group.lines()) {
            rows.add(row(place, reading, line, group.key() + "/" + line.key(), number + rows.size(), fresh));
        }
        return new Part(group.key(), true, group.any(), rows);
    }

    private Row row(Place place, ConditionReading reading, Line line, String path, int number, String fresh) {
        Field field =
                line.raw() == null ? fields.find(place.type(), line.field()).orElse(null) : null;
        boolean isFresh = line.key().equals(fresh);
        if (field == null) {
            return new Row(
                    line.key(),
                    path,
                    number,
                    line.field(),
                    line.field(),
                    line.op(),
                    Map.of(),
                    "",
                    List.of(),
                    Map.of(),
                    "",
                    Map.of(),
                    line.raw(),
                    isFresh);
        }
        Op asked = ConditionReading.op(line.op()).orElse(null);
        Map<String, String> operators = fields.operators(field, null);
        Op op = asked != null && FilterChecks.operators(kind(field)).contains(asked)
                ? asked
                : Op.valueOf(operators.keySet().iterator().next());
        ConditionShape shape = reading.shape(field, op);
        boolean choosing =
                shape == ConditionShape.CHOICE || shape == ConditionShape.CHOICES || shape == ConditionShape.STATE;
        boolean scoped = shape == ConditionShape.STATE || shape == ConditionShape.STEP;
        return new Row(
                line.key(),
                path,
                number,
                line.field(),
                fields.label(place.type(), line.field(), field),
                op.name(),
                fields.operators(field, op),
                shape.name(),
                line.values(),
                choosing
                        ? with(fields.choices(access.current(), place.type(), field), line.values())
                        : shape == ConditionShape.STEP ? steps(place, line) : Map.of(),
                line.of(),
                scoped ? with(fields.sequences(access.current(), place.type()), List.of(line.of())) : Map.of(),
                null,
                isFresh);
    }

    /** None where the sequence is not chosen, or not known: there the step is typed. */
    private Map<String, String> steps(Place place, Line line) {
        Map<String, String> steps = fields.steps(access.current(), place.type(), line.of());
        return steps.isEmpty() ? steps : with(steps, line.values());
    }

    private static Field.Kind kind(Field field) {
        return SequenceFields.known(field.name()) ? Field.Kind.OPTION_SET : field.kind();
    }

    /** What is chosen stays to be chosen, also where it is offered no longer. */
    private static Map<String, String> with(Map<String, String> choices, List<String> chosen) {
        Map<String, String> all = new LinkedHashMap<>(choices);
        chosen.stream().filter(value -> !value.isBlank()).forEach(value -> all.putIfAbsent(value, value));
        return all;
    }

    private ConditionReading reading(Place place) {
        return new ConditionReading(fields, place.type());
    }

    private String write(Filter filter) {
        try {
            return pretty.writeValueAsString(filter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Browsers send line breaks in their own way. */
    private static String text(Map<String, String[]> sent, String name) {
        String[] values = sent.get(name);
        return values == null || values.length == 0
                ? ""
                : values[0].replace("\r\n", "\n").strip();
    }

    private static String key() {
        return "k" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
