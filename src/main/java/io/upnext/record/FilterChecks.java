package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.shared.filter.Filter.Op;
import io.upnext.shared.filter.Moments;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds everything wrong with a filter on a record type, each with a sentence that says what to do. */
final class FilterChecks {

    private static final Set<Op> ANY_KIND =
            EnumSet.of(Op.EQUALS, Op.NOT_EQUALS, Op.IN, Op.NOT_IN, Op.IS_EMPTY, Op.IS_NOT_EMPTY);

    private static final Map<Kind, Set<Op>> MORE = Map.of(
            Kind.TEXT, EnumSet.of(Op.CONTAINS, Op.STARTS_WITH),
            Kind.NUMBER, EnumSet.of(Op.GREATER_THAN, Op.LESS_THAN, Op.BETWEEN),
            Kind.DATE, EnumSet.of(Op.GREATER_THAN, Op.LESS_THAN, Op.BETWEEN, Op.BEFORE, Op.AFTER, Op.IN_LAST_DAYS),
            Kind.TWO_OPTION, EnumSet.noneOf(Op.class),
            Kind.OPTION_SET, EnumSet.noneOf(Op.class));

    private static final int MAX_VALUES = 500;
    private static final int MAX_DAYS = 36_500;

    /** Known to Classic and Smart sequences only; answered by the mails of the enrollment. */
    private static final Set<String> LAST_EMAIL = Set.of("lastEmail.opened", "lastEmail.clicked", "lastEmail.replied");

    private final Fields fields;
    private final RecordType type;
    private final String step;

    /** The operators that fit a kind of field. */
    static Set<Op> operators(Kind kind) {
        EnumSet<Op> all = EnumSet.copyOf(ANY_KIND);
        all.addAll(MORE.get(kind));
        return all;
    }

    FilterChecks(Fields fields, RecordType type, String step) {
        this.fields = fields;
        this.type = type;
        this.step = step;
    }

    List<Problem> check(Filter filter) {
        return filter.leaves().stream().flatMap(leaf -> check(leaf).stream()).toList();
    }

    private Optional<Problem> check(Leaf leaf) {
        if (leaf.asksForSequence()) {
            return sequence(leaf);
        }
        if (step != null && LAST_EMAIL.contains(leaf.field())) {
            return fits(leaf, Kind.TWO_OPTION).or(() -> values(leaf, Optional.empty(), Kind.TWO_OPTION));
        }
        Optional<Field> field = fields.find(type, leaf.field());
        if (field.isEmpty()) {
            return problem(
                    "filter-field",
                    "The filter names '" + Texts.shorten(leaf.field()) + "', which is no field of "
                            + type.name().toLowerCase(java.util.Locale.ROOT) + "; choose an existing field.");
        }
        Kind kind = field.get().kind();
        return fits(leaf, kind).or(() -> values(leaf, field, kind));
    }

    private Optional<Problem> sequence(Leaf leaf) {
        if (!SequenceFields.known(leaf.field())) {
            return problem(
                    "filter-field",
                    "The filter names '" + Texts.shorten(leaf.field()) + "'; of sequences it can ask for "
                            + SequenceFields.names() + ".");
        }
        return fits(leaf, Kind.OPTION_SET)
                .or(() -> values(leaf, Optional.empty(), Kind.TEXT))
                .or(() -> states(leaf));
    }

    private Optional<Problem> states(Leaf leaf) {
        boolean known = !SequenceFields.asksForState(leaf.field())
                || leaf.values().stream().allMatch(value -> SequenceFields.isState((String) value));
        return known ? Optional.empty() : wrong(leaf, "needs one of the states " + SequenceFields.stateCodes());
    }

    private Optional<Problem> fits(Leaf leaf, Kind kind) {
        if (ANY_KIND.contains(leaf.op()) || MORE.get(kind).contains(leaf.op())) {
            return Optional.empty();
        }
        return problem(
                "filter-op",
                "The filter on '" + leaf.field() + "' uses " + leaf.op() + ", which does not fit a field of kind "
                        + kind + ".");
    }

    private Optional<Problem> values(Leaf leaf, Optional<Field> field, Kind kind) {
        return switch (leaf.op()) {
            case IS_EMPTY, IS_NOT_EMPTY ->
                leaf.value() == null ? Optional.empty() : wrong(leaf, "takes no value with " + leaf.op());
            case IN, NOT_IN ->
                list(leaf) && !leaf.values().isEmpty() && leaf.values().size() <= MAX_VALUES
                        ? each(leaf, field, kind)
                        : wrong(leaf, "needs a list of 1 to " + MAX_VALUES + " values");
            case BETWEEN ->
                list(leaf) && leaf.values().size() == 2
                        ? each(leaf, field, kind)
                        : wrong(leaf, "needs a pair of values");
            case IN_LAST_DAYS ->
                isDays(leaf.value())
                        ? Optional.empty()
                        : wrong(leaf, "needs a whole number of days from 0 to " + MAX_DAYS);
            default -> leaf.value() == null || list(leaf) ? wrong(leaf, "needs one value") : each(leaf, field, kind);
        };
    }

    private Optional<Problem> each(Leaf leaf, Optional<Field> field, Kind kind) {
        return leaf.values().stream()
                .flatMap(value -> value(leaf, field, kind, value).stream())
                .findFirst();
    }

    private Optional<Problem> value(Leaf leaf, Optional<Field> field, Kind kind, Object value) {
        return switch (kind) {
            case TEXT -> value instanceof String ? Optional.empty() : wrong(leaf, "needs text");
            case NUMBER -> value instanceof BigDecimal ? Optional.empty() : wrong(leaf, "needs a number");
            case TWO_OPTION -> value instanceof Boolean ? Optional.empty() : wrong(leaf, "needs true or false");
            case DATE -> date(leaf, field, value);
            case OPTION_SET -> option(leaf, field.orElseThrow(), value);
        };
    }

    private Optional<Problem> date(Leaf leaf, Optional<Field> field, Object value) {
        boolean instant = field.filter(SystemFields::isInstant).isPresent();
        boolean right = instant
                ? Moments.of(value, ZoneOffset.UTC).isPresent()
                : value instanceof String text && Moments.date(text).isPresent();
        return right ? Optional.empty() : wrong(leaf, "needs a date such as 2025-01-31");
    }

    private Optional<Problem> option(Leaf leaf, Field field, Object value) {
        boolean known = value instanceof String code
                && field.options().stream().anyMatch(option -> option.code().equalsIgnoreCase(code));
        if (known) {
            return Optional.empty();
        }
        String codes =
                field.options().stream().limit(20).map(Field.Option::code).collect(Collectors.joining(", "));
        return wrong(leaf, "needs one of the codes " + codes);
    }

    private static boolean list(Leaf leaf) {
        return leaf.value() instanceof List<?>;
    }

    private static boolean isDays(Object value) {
        return value instanceof BigDecimal days
                && days.stripTrailingZeros().scale() <= 0
                && days.signum() >= 0
                && days.compareTo(BigDecimal.valueOf(MAX_DAYS)) <= 0;
    }

    private Optional<Problem> wrong(Leaf leaf, String need) {
        return problem("filter-value", "The filter on '" + leaf.field() + "' " + need + ".");
    }

    private Optional<Problem> problem(String rule, String message) {
        return Optional.of(Problem.error(rule, step, message));
    }
}
