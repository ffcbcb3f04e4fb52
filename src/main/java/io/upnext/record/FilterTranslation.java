package io.upnext.record;

import io.upnext.security.Settings;
import io.upnext.security.Users;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.All;
import io.upnext.shared.filter.Filter.Any;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.shared.filter.FilterEvaluation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Answers filters, in Java for one record and as SQL for lists, with the same meaning of owner, now and day. */
@Component
class FilterTranslation {

    private final Fields fields;
    private final Users users;
    private final Settings settings;
    private final Clock clock;
    private final ObjectProvider<SequenceMembership> membership;

    FilterTranslation(
            Fields fields, Users users, Settings settings, Clock clock, ObjectProvider<SequenceMembership> membership) {
        this.fields = fields;
        this.users = users;
        this.settings = settings;
        this.clock = clock;
        this.membership = membership;
    }

    boolean matches(Filter filter, RecordGraph graph, Map<String, Object> instead) {
        return FilterEvaluation.matches(
                withOwnerIds(filter),
                path -> instead.containsKey(path) ? instead.get(path) : graph.value(path),
                clock.instant(),
                settings.timeZone(),
                leaf -> leaf.asksForSequence() ? Optional.of(inSequence(leaf, graph)) : Optional.empty());
    }

    /** The filter must have passed {@link Fields#check}. */
    Sql sql(RecordType type, Filter filter) {
        return new FilterSql(fields, type, clock.instant(), settings.timeZone(), this::sequences)
                .of(withOwnerIds(filter));
    }

    private boolean inSequence(Leaf leaf, RecordGraph graph) {
        SequenceMembership known = membership.getIfAvailable();
        return known == null
                ? leaf.op().holdsForEmpty()
                : known.matches(leaf, graph.record().id());
    }

    private Sql sequences(Leaf leaf) {
        SequenceMembership known = membership.getIfAvailable();
        if (known == null) {
            return Sql.of(String.valueOf(leaf.op().holdsForEmpty()));
        }
        SequenceMembership.Sql sql = known.where(leaf, "r.id");
        return new Sql("(" + sql.text() + ")", sql.parameters());
    }

    /** People write an owner's name; records hold ids. */
    private Filter withOwnerIds(Filter filter) {
        if (filter instanceof All all) {
            return new All(all.parts().stream().map(this::withOwnerIds).toList());
        }
        if (filter instanceof Any any) {
            return new Any(any.parts().stream().map(this::withOwnerIds).toList());
        }
        Leaf leaf = (Leaf) filter;
        boolean owner = leaf.field().equals("owner") || leaf.field().endsWith(".owner");
        return owner && comparesWhole(leaf.op()) ? new Leaf(leaf.field(), leaf.op(), ids(leaf.value())) : leaf;
    }

    private static boolean comparesWhole(Filter.Op op) {
        return switch (op) {
            case EQUALS, NOT_EQUALS, IN, NOT_IN -> true;
            default -> false;
        };
    }

    private Object ids(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::ids).toList();
        }
        return value instanceof String text
                ? users.resolve(text).map(Principal::toString).orElse(text)
                : value;
    }
}
