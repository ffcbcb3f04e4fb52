package io.upnext.record;

import io.upnext.record.FieldValues.Read;
import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.shared.filter.Filter.Op;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads what people type into the forms of pages; each problem has the name of its field as rule. */
@Component
public class FieldForms {

    private final Fields fields;
    private final RecordSearch search;

    FieldForms(Fields fields, RecordSearch search) {
        this.fields = fields;
        this.search = search;
    }

    /**
     * Values for {@link Records}; blank text empties a field, names that are no fields are left out.
     *
     * @throws InvalidException with a problem for every field that cannot be read
     */
    public Map<String, Object> read(CurrentUser user, RecordType type, Map<String, String> texts) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        for (Field field : fields.of(type)) {
            String text = texts.get(field.name());
            if (text == null) {
                continue;
            }
            Read read =
                    field.isReference() ? reference(user, field, text.strip()) : FieldValues.text(field, text, false);
            if (read.isRefused()) {
                problems.add(Problem.error(field.name(), read.problem().message()));
            }
            values.put(field.name(), read.value());
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
        return values;
    }

    /** An account or a contact by its name or id. */
    private Read reference(CurrentUser user, Field field, String text) {
        if (text.isEmpty()) {
            return Read.EMPTY;
        }
        if (isId(text)) {
            return Read.of(text);
        }
        RecordType type = RecordType.valueOf(field.name().toUpperCase(Locale.ROOT));
        var named = search.list(user, type, null, new Leaf("name", Op.EQUALS, text), PageQuery.first(2));
        if (named.total() == 1) {
            return Read.of(named.items().get(0).id().toString());
        }
        return Read.refused(
                field.name(),
                field,
                named.total() == 0
                        ? "names nothing known: " + Texts.shorten(text)
                        : "names several; give the id of one.");
    }

    /**
     * A condition as typed: a list separated by commas where the operator takes several values. What does not fit stays
     * text, for {@link Fields#check} to say so. Empty where no field is chosen.
     */
    public Optional<Leaf> condition(RecordType type, String field, String op, String value) {
        if (field == null || field.isBlank()) {
            return Optional.empty();
        }
        Op operator = Arrays.stream(Op.values())
                .filter(known -> known.name().equals(op))
                .findFirst()
                .orElseThrow(() -> new InvalidException("'" + Texts.shorten(String.valueOf(op)) + "' is no operator."));
        Field.Kind kind = fields.find(type, field).map(Field::kind).orElse(Field.Kind.TEXT);
        String text = value == null ? "" : value.strip();
        return Optional.of(new Leaf(
                field,
                operator,
                switch (operator) {
                    case IS_EMPTY, IS_NOT_EMPTY -> null;
                    case IN, NOT_IN, BETWEEN ->
                        Arrays.stream(text.split(","))
                                .map(part -> operand(kind, part.strip()))
                                .toList();
                    case IN_LAST_DAYS -> operand(Field.Kind.NUMBER, text);
                    default -> operand(kind, text);
                }));
    }

    private static Object operand(Field.Kind kind, String text) {
        try {
            return switch (kind) {
                case NUMBER -> new BigDecimal(text);
                case TWO_OPTION -> text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : (Object) text;
                default -> text;
            };
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static boolean isId(String text) {
        try {
            return RecordId.of(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
