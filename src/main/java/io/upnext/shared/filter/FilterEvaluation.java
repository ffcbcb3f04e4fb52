package io.upnext.shared.filter;

import io.upnext.shared.filter.Filter.All;
import io.upnext.shared.filter.Filter.Any;
import io.upnext.shared.filter.Filter.Leaf;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does a filter hold for one record's values? The same answer as the SQL of the record lists gives: text without regard
 * to case, an empty field matches only {@code IS_EMPTY}, {@code NOT_EQUALS} and {@code NOT_IN}, a value of the wrong
 * kind matches nothing.
 */
public final class FilterEvaluation {

    private final Function<String, Object> values;
    private final Instant now;
    private final ZoneId zone;
    private final Function<Leaf, Optional<Boolean>> others;

    private FilterEvaluation(
            Function<String, Object> values, Instant now, ZoneId zone, Function<Leaf, Optional<Boolean>> others) {
        this.values = values;
        this.now = now;
        this.zone = zone;
        this.others = others;
    }

    /**
     * @param values the value at a path: String (also dates in ISO form), BigDecimal, Boolean, Instant, or null where
     *     it is empty
     * @param zone where a day begins and ends
     * @param others answers leaves that ask for more than values, such as {@code sequence}; empty leaves them to values
     */
    public static boolean matches(
            Filter filter,
            Function<String, Object> values,
            Instant now,
            ZoneId zone,
            Function<Leaf, Optional<Boolean>> others) {
        return new FilterEvaluation(values, now, zone, others).holds(filter);
    }

    /** How text is folded before it is compared. */
    public static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private boolean holds(Filter filter) {
        if (filter instanceof All all) {
            return all.parts().stream().allMatch(this::holds);
        }
        if (filter instanceof Any any) {
            return any.parts().stream().anyMatch(this::holds);
        }
        Leaf leaf = (Leaf) filter;
        return others.apply(leaf).orElseGet(() -> holds(leaf, values.apply(leaf.field())));
    }

    private boolean holds(Leaf leaf, Object value) {
        if (value == null || value.equals("")) {
            return leaf.op().holdsForEmpty();
        }
        List<?> operands = leaf.values();
        return switch (leaf.op()) {
            case IS_EMPTY -> false;
            case IS_NOT_EMPTY -> true;
            case EQUALS, IN -> operands.stream().anyMatch(operand -> equal(value, operand));
            case NOT_EQUALS, NOT_IN -> operands.stream().noneMatch(operand -> equal(value, operand));
            case CONTAINS -> text(value).contains(text(leaf.value()));
            case STARTS_WITH -> text(value).startsWith(text(leaf.value()));
            case GREATER_THAN, AFTER -> above(value, leaf.value());
            case LESS_THAN, BEFORE -> below(value, leaf.value());
            case BETWEEN ->
                operands.size() == 2
                        && comparable(value, operands.get(0))
                        && comparable(value, operands.get(1))
                        && !below(value, operands.get(0))
                        && !above(value, operands.get(1));
            case IN_LAST_DAYS -> leaf.value() instanceof BigDecimal days && lately(value, days.longValue());
        };
    }

    private boolean equal(Object value, Object operand) {
        return comparable(value, operand) && !below(value, operand) && !above(value, operand);
    }

    private boolean comparable(Object value, Object operand) {
        if (value instanceof Instant) {
            return Moments.of(operand, zone).isPresent();
        }
        return value.getClass().isInstance(operand);
    }

    private boolean below(Object value, Object operand) {
        return comparable(value, operand) && compare(value, operand, true) < 0;
    }

    private boolean above(Object value, Object operand) {
        return comparable(value, operand) && compare(value, operand, false) > 0;
    }

    private int compare(Object value, Object operand, boolean withFirst) {
        if (value instanceof Instant at) {
            Moments moments = Moments.of(operand, zone).orElseThrow();
            return at.compareTo(withFirst ? moments.first() : moments.last());
        }
        if (value instanceof BigDecimal number) {
            return number.compareTo((BigDecimal) operand);
        }
        if (value instanceof Boolean flag) {
            return flag.compareTo((Boolean) operand);
        }
        return text(value).compareTo(text(operand));
    }

    private boolean lately(Object value, long days) {
        if (value instanceof Instant at) {
            return !at.isBefore(now.minus(Duration.ofDays(days))) && !at.isAfter(now);
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        return Moments.date(value.toString())
                .filter(day -> !day.isBefore(today.minusDays(days)) && !day.isAfter(today))
                .isPresent();
    }

    private static String text(Object value) {
        return fold(String.valueOf(value));
    }
}
