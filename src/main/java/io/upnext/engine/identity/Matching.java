package io.upnext.engine.identity;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.Direction;
import org.camunda.bpm.engine.impl.QueryOrderingProperty;

/** What a database would do with the engine's queries, done on people in memory. */
final class Matching {

    private Matching() {}

    /** An absent criterion matches everything. */
    static boolean equal(String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }

    static boolean oneOf(String[] wanted, String value) {
        return wanted == null || List.of(wanted).contains(value);
    }

    static boolean oneOf(Collection<String> wanted, String value) {
        return wanted == null || wanted.contains(value);
    }

    /** SQL's LIKE with {@code %} and {@code _}, without regard to case. */
    static boolean like(String pattern, String value) {
        return pattern == null
                || value != null && asRegex(pattern).matcher(value).matches();
    }

    private static Pattern asRegex(String pattern) {
        var regex = new StringBuilder();
        pattern.chars().forEach(character -> {
            switch (character) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(character)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    /**
     * The page the query asks for, or all.
     *
     * @param columns how each of the engine's columns is read; a column unknown here does not order
     */
    static <T> List<T> page(
            Stream<T> found,
            AbstractQuery<?, ?> query,
            Map<String, Function<T, String>> columns,
            Function<T, String> id) {
        return found.sorted(comparator(query.getOrderingProperties(), columns).thenComparing(id))
                .skip(query.getFirstResult())
                .limit(query.getMaxResults())
                .toList();
    }

    private static <T> Comparator<T> comparator(
            List<QueryOrderingProperty> order, Map<String, Function<T, String>> columns) {
        Comparator<T> comparator = (one, other) -> 0;
        for (var property : order) {
            var column = columns.get(property.getQueryProperty().getName());
            if (column != null) {
                var next = Comparator.comparing(column, Comparator.nullsFirst(String.CASE_INSENSITIVE_ORDER));
                comparator = comparator.thenComparing(
                        Direction.DESCENDING.equals(property.getDirection()) ? next.reversed() : next);
            }
        }
        return comparator;
    }
}
