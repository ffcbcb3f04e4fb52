package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.All;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.shared.filter.FilterEvaluation;
import io.upnext.shared.filter.Moments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A filter as a condition of SQL, over {@code crm_record} as {@code r}, its account as {@code a} and its contact as
 * {@code c}. It says the same as {@link FilterEvaluation}. Takes filters that passed the checks only.
 */
final class FilterSql {

    private final Fields fields;
    private final RecordType type;
    private final Instant now;
    private final ZoneId zone;
    private final Function<Leaf, Sql> sequences;

    FilterSql(Fields fields, RecordType type, Instant now, ZoneId zone, Function<Leaf, Sql> sequences) {
        this.fields = fields;
        this.type = type;
        this.now = now;
        this.zone = zone;
        this.sequences = sequences;
    }

    Sql of(Filter filter) {
        if (filter instanceof Leaf leaf) {
            return leaf.asksForSequence() ? sequences.apply(leaf) : leaf(leaf);
        }
        boolean all = filter instanceof All;
        List<Filter> parts = all ? ((All) filter).parts() : ((Filter.Any) filter).parts();
        return Sql.join(parts.stream().map(this::of).toList(), all ? " and " : " or ", all ? "true" : "false");
    }

    private Sql leaf(Leaf leaf) {
        FieldPath path = FieldPath.of(type, leaf.field()).orElseThrow();
        Field field = fields.find(path).orElseThrow();
        Sql column = RecordColumns.comparable(path, field);
        if (SystemFields.isInstant(field)) {
            return instants(leaf, column);
        }
        return plain(leaf, column, field.kind());
    }

    private Sql plain(Leaf leaf, Sql column, Kind kind) {
        List<Object> values =
                leaf.values().stream().map(value -> operand(value, kind)).toList();
        String marks = String.join(", ", Collections.nCopies(values.size(), mark(kind)));
        return switch (leaf.op()) {
            case IS_EMPTY -> column.then(" is null");
            case IS_NOT_EMPTY -> column.then(" is not null");
            case EQUALS, IN -> holds(column.then(" in (" + marks + ")", values));
            case NOT_EQUALS, NOT_IN -> not(holds(column.then(" in (" + marks + ")", values)));
            case CONTAINS -> holds(like(column, "%" + Texts.likeLiteral((String) values.get(0)) + "%"));
            case STARTS_WITH -> holds(like(column, Texts.likeLiteral((String) values.get(0)) + "%"));
            case GREATER_THAN, AFTER -> holds(column.then(" > " + mark(kind), values));
            case LESS_THAN, BEFORE -> holds(column.then(" < " + mark(kind), values));
            case BETWEEN -> holds(column.then(" between " + mark(kind) + " and " + mark(kind), values));
            case IN_LAST_DAYS -> holds(column.then(" between ? and ?", lastDays((BigDecimal) leaf.value())));
        };
    }

    private List<Object> lastDays(BigDecimal days) {
        LocalDate today = now.atZone(zone).toLocalDate();
        return List.of(today.minusDays(days.longValue()).toString(), today.toString());
    }

    private Sql instants(Leaf leaf, Sql column) {
        List<Moments> moments = leaf.values().stream()
                .flatMap(value -> Moments.of(value, zone).stream())
                .toList();
        return switch (leaf.op()) {
            case IS_EMPTY -> column.then(" is null");
            case IS_NOT_EMPTY -> column.then(" is not null");
            case EQUALS, IN -> holds(within(column, moments));
            case NOT_EQUALS, NOT_IN -> not(holds(within(column, moments)));
            case GREATER_THAN, AFTER ->
                holds(column.then(" > ?", at(moments.get(0).last())));
            case LESS_THAN, BEFORE ->
                holds(column.then(" < ?", at(moments.get(0).first())));
            case BETWEEN ->
                holds(column.then(
                        " between ? and ?",
                        at(moments.get(0).first()),
                        at(moments.get(1).last())));
            case IN_LAST_DAYS ->
                holds(column.then(
                        " between ? and ?",
                        at(now.minus(Duration.ofDays(((BigDecimal) leaf.value()).longValue()))),
                        at(now)));
            default -> throw new IllegalArgumentException(leaf.op() + " on a point in time");
        };
    }

    private static Sql within(Sql column, List<Moments> moments) {
        List<Sql> days = new ArrayList<>();
        for (Moments moment : moments) {
            days.add(column.then(" between ? and ?", at(moment.first()), at(moment.last())));
        }
        return Sql.join(days, " or ", "false");
    }

    private static Object at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Object operand(Object value, Kind kind) {
        return value instanceof String text && kind != Kind.DATE ? FilterEvaluation.fold(text) : value;
    }

    private static String mark(Kind kind) {
        return kind == Kind.NUMBER ? "?::numeric" : "?";
    }

    private static Sql like(Sql column, String pattern) {
        return column.then(" like ? escape '\\'", pattern);
    }

    /** Never null, so that a negation around it means what it says. */
    private static Sql holds(Sql condition) {
        return new Sql("coalesce(" + condition.text() + ", false)", condition.parameters());
    }

    private static Sql not(Sql condition) {
        return new Sql("not " + condition.text(), condition.parameters());
    }
}
