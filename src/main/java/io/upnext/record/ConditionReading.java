package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.record.FilterLines.Group;
import io.upnext.record.FilterLines.Line;
import io.upnext.record.FilterLines.Node;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.All;
import io.upnext.shared.filter.Filter.Any;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.shared.filter.Filter.Op;
import io.upnext.shared.filter.Moments;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A filter as lines of a form and back. What would not come back as it was, because no input shows it, becomes a line of
 * JSON; so nothing of a filter is lost by opening and saving its form.
 */
final class ConditionReading {

    private final ConditionFields fields;
    private final RecordType type;

    ConditionReading(ConditionFields fields, RecordType type) {
        this.fields = fields;
        this.type = type;
    }

    /**
     * What is not filled in is left out; null where nothing is left.
     *
     * @throws InvalidException where the JSON of a line cannot be read
     */
    Filter filter(FilterLines lines) {
        List<Filter> parts =
                lines.nodes().stream().flatMap(node -> part(node).stream()).toList();
        return parts.isEmpty() ? null : joined(lines.any(), parts);
    }

    private Optional<Filter> part(Node node) {
        if (node instanceof Line line) {
            return leaf(line).map(Filter.class::cast);
        }
        Group group = (Group) node;
        List<Filter> leaves = group.lines().stream()
                .flatMap(line -> leaf(line).stream())
                .map(Filter.class::cast)
                .toList();
        return leaves.isEmpty() ? Optional.empty() : Optional.of(joined(group.any(), leaves));
    }

    private static Filter joined(boolean any, List<Filter> parts) {
        return any ? new Any(parts) : new All(parts);
    }

    /** Values that do not fit stay text, for {@link Fields#check} to say so. */
    private Optional<Leaf> leaf(Line line) {
        if (line.raw() != null) {
            return line.raw().isBlank() ? Optional.empty() : Optional.of(raw(line.raw()));
        }
        return fields.find(type, line.field()).map(field -> {
            Op op = op(line.op()).orElse(Op.EQUALS);
            return new Leaf(line.field(), op, value(line, field, shape(field, op)));
        });
    }

    private static Leaf raw(String json) {
        Filter read = Filter.parse(json);
        if (read instanceof All all && all.parts().size() == 1 && all.parts().get(0) instanceof Leaf leaf) {
            return leaf;
        }
        throw new InvalidException("A condition written as JSON is one condition: {\"field\", \"op\", \"value\"}.");
    }

    ConditionShape shape(Field field, Op op) {
        return ConditionShape.of(field, op, fields.hasChoices(field));
    }

    static Optional<Op> op(String name) {
        return Arrays.stream(Op.values()).filter(op -> op.name().equals(name)).findFirst();
    }

    private static Object value(Line line, Field field, ConditionShape shape) {
        return switch (shape) {
            case NOTHING -> null;
            case CHOICES ->
                line.values().stream().map(text -> operand(field.kind(), text)).toList();
            case LINES ->
                line.value(0)
                        .lines()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(text -> operand(field.kind(), text))
                        .toList();
            case NUMBERS, DATES -> List.of(operand(field.kind(), line.value(0)), operand(field.kind(), line.value(1)));
            case DAYS -> operand(Kind.NUMBER, line.value(0));
            case STATE, STEP ->
                line.of().isBlank()
                        ? line.value(0).strip()
                        : line.of().strip() + "/" + line.value(0).strip();
            default -> operand(field.kind(), line.value(0));
        };
    }

    private static Object operand(Kind kind, String text) {
        String value = text.strip();
        try {
            return switch (kind) {
                case NUMBER -> new BigDecimal(value);
                case TWO_OPTION ->
                    value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : (Object) value;
                default -> value;
            };
        } catch (NumberFormatException e) {
            return value;
        }
    }

    /** Empty where the lines would not give the same filter again. */
    Optional<FilterLines> lines(Filter filter, Supplier<String> keys) {
        List<Node> nodes = new ArrayList<>();
        for (Filter part : parts(filter)) {
            nodes.add(
                    part instanceof Leaf leaf
                            ? line(leaf, keys.get())
                            : new Group(
                                    keys.get(),
                                    part instanceof Any,
                                    parts(part).stream()
                                            .map(leaf -> line((Leaf) leaf, keys.get()))
                                            .toList()));
        }
        FilterLines lines = new FilterLines(filter instanceof Any, nodes);
        return Optional.of(lines).filter(shown -> filter.equals(filter(shown)));
    }

    private static List<Filter> parts(Filter filter) {
        return filter instanceof All all ? all.parts() : ((Any) filter).parts();
    }

    private Line line(Leaf leaf, String key) {
        return fields.find(type, leaf.field())
                .map(field -> shown(leaf, key, shape(field, leaf.op())))
                .filter(line -> leaf(line).filter(leaf::equals).isPresent())
                .orElseGet(() -> new Line(key, leaf.field(), leaf.op().name(), List.of(), "", Json.write(leaf)));
    }

    private static Line shown(Leaf leaf, String key, ConditionShape shape) {
        List<String> values = leaf.values().stream().map(ConditionReading::text).toList();
        String of = "";
        if (values.stream().anyMatch(value -> !fits(value, shape))) {
            return Line.blank(key);
        }
        if (shape == ConditionShape.LINES) {
            values = List.of(String.join("\n", values));
        }
        if ((shape == ConditionShape.STATE || shape == ConditionShape.STEP) && values.size() == 1) {
            int slash = values.get(0).lastIndexOf('/');
            of = slash < 0 ? "" : values.get(0).substring(0, slash);
            values = List.of(values.get(0).substring(slash + 1));
        }
        return new Line(key, leaf.field(), leaf.op().name(), values, of, null);
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : Objects.toString(value);
    }

    /** Browsers empty an input whose value does not fit it, and drop the line breaks of one line. */
    private static boolean fits(String value, ConditionShape shape) {
        return switch (shape) {
            case DATE, DATES -> Moments.date(value).isPresent();
            default -> value.lines().count() <= 1 && !value.endsWith("\n") && !value.endsWith("\r");
        };
    }
}
