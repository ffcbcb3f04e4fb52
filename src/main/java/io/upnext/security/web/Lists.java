package io.upnext.security.web;

import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Pages of what is in memory anyway: users, teams, units. */
final class Lists {

    private Lists() {}

    /**
     * @param sorts text to sort by for each property one may sort by, without regard to case
     * @param id breaks ties
     */
    static <T> Paged<T> page(
            List<T> all, PageQuery query, Map<String, Function<T, String>> sorts, Function<T, Object> id) {
        var order = order(query, sorts, id);
        var items = all.stream()
                .sorted(order)
                .skip(query.offset())
                .limit(query.size())
                .toList();
        return Paged.of(items, query, all.size());
    }

    private static <T> Comparator<T> order(
            PageQuery query, Map<String, Function<T, String>> sorts, Function<T, Object> id) {
        Comparator<T> order = (one, other) -> 0;
        for (var sort : query.sort()) {
            var text = sorts.get(sort.property());
            if (text == null) {
                throw new InvalidException("One cannot sort by '" + sort.property() + "'; known are "
                        + String.join(", ", sorts.keySet().stream().sorted().toList()) + ".");
            }
            Comparator<T> next = Comparator.comparing(text, Comparator.nullsFirst(String.CASE_INSENSITIVE_ORDER));
            order = order.thenComparing(sort.ascending() ? next : next.reversed());
        }
        if (query.sort().isEmpty()) {
            order = Comparator.comparing(sorts.get("name"), String.CASE_INSENSITIVE_ORDER);
        }
        return order.thenComparing(item -> id.apply(item).toString());
    }
}
