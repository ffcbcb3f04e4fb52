package io.upnext.record;

import io.upnext.security.Access;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.Any;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.shared.filter.Filter.Op;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Says a filter in words, with the labels of fields and options in the language of the page. */
@Component
public class FilterWords {

    private final ConditionFields fields;
    private final Access access;

    FilterWords(ConditionFields fields, Access access) {
        this.fields = fields;
        this.access = access;
    }

    public String of(RecordType type, Filter filter) {
        if (filter instanceof Leaf leaf) {
            return leaf(type, leaf);
        }
        boolean any = filter instanceof Any;
        List<Filter> parts = any ? ((Any) filter).parts() : ((Filter.All) filter).parts();
        return parts.stream()
                .map(part -> part instanceof Leaf ? of(type, part) : "(" + of(type, part) + ")")
                .collect(Collectors.joining(" " + fields.text(any ? "filters.or" : "filters.and") + " "));
    }

    private String leaf(RecordType type, Leaf leaf) {
        Field field = fields.find(type, leaf.field()).orElse(null);
        String label = field == null ? leaf.field() : fields.label(type, leaf.field(), field);
        String op = fields.text("filters.op." + leaf.op());
        if (leaf.values().isEmpty()) {
            return label + " " + op;
        }
        Map<String, String> choices =
                field != null && fields.hasChoices(field) ? fields.choices(access.current(), type, field) : Map.of();
        String values = leaf.values().stream()
                .map(String::valueOf)
                .map(value -> choices.getOrDefault(value, value))
                .collect(Collectors.joining(leaf.op() == Op.BETWEEN ? " – " : ", "));
        return label + " " + op + " " + values
                + (leaf.op() == Op.IN_LAST_DAYS ? " " + fields.text("filters.days") : "");
    }
}
