package io.upnext.record.web;

import io.upnext.record.Field;
import io.upnext.record.Field.Kind;
import io.upnext.record.Fields;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter.Op;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the filter of a grid offers for a field. */
@Component("conditionChoices")
class ConditionChoices {

    private static final Map<Kind, List<Op>> OPERATORS = Map.of(
            Kind.TEXT,
                    List.of(Op.CONTAINS, Op.EQUALS, Op.NOT_EQUALS, Op.STARTS_WITH, Op.IN, Op.IS_EMPTY, Op.IS_NOT_EMPTY),
            Kind.NUMBER,
                    List.of(
                            Op.EQUALS,
                            Op.NOT_EQUALS,
                            Op.GREATER_THAN,
                            Op.LESS_THAN,
                            Op.BETWEEN,
                            Op.IS_EMPTY,
                            Op.IS_NOT_EMPTY),
            Kind.DATE,
                    List.of(Op.EQUALS, Op.BEFORE, Op.AFTER, Op.BETWEEN, Op.IN_LAST_DAYS, Op.IS_EMPTY, Op.IS_NOT_EMPTY),
            Kind.TWO_OPTION, List.of(Op.EQUALS, Op.NOT_EQUALS, Op.IS_EMPTY, Op.IS_NOT_EMPTY),
            Kind.OPTION_SET, List.of(Op.EQUALS, Op.NOT_EQUALS, Op.IN, Op.NOT_IN, Op.IS_EMPTY, Op.IS_NOT_EMPTY));

    private static final List<Op> OF_SEQUENCES =
            List.of(Op.EQUALS, Op.NOT_EQUALS, Op.IN, Op.NOT_IN, Op.IS_EMPTY, Op.IS_NOT_EMPTY);

    private final Fields fields;

    ConditionChoices(Fields fields) {
        this.fields = fields;
    }

    /** Null where none is chosen yet. */
    public Field field(RecordType type, String name) {
        return name == null || name.isBlank()
                ? null
                : fields.filterable(type).stream()
                        .filter(field -> field.name().equals(name))
                        .findFirst()
                        .or(() -> fields.find(type, name))
                        .orElse(null);
    }

    public List<Op> operators(Field field) {
        if (field != null && !field.custom() && field.name().startsWith("sequence")) {
            return OF_SEQUENCES;
        }
        return OPERATORS.get(field == null ? Kind.TEXT : field.kind());
    }

    /** Codes with their labels; empty where anything can be typed. */
    public Map<String, String> options(Field field, String language) {
        Map<String, String> options = new LinkedHashMap<>();
        if (field != null && field.kind() == Kind.TWO_OPTION) {
            options.put("true", "true");
            options.put("false", "false");
        }
        if (field != null && field.options() != null) {
            field.options().forEach(option -> options.put(option.code(), option.label(language)));
        }
        return options;
    }

    public String hint(Field field) {
        return field == null || field.kind() != Kind.DATE ? "" : "2025-01-31";
    }
}
