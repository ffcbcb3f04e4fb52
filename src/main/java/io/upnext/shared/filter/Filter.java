package io.upnext.shared.filter;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.upnext.shared.InvalidException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A condition over the fields of a record, as in the API: {@code all} or {@code any} of leaves, nested once, at most
 * {@value #MAX_LEAVES} leaves (a rule that whoever takes a filter checks; reading does not).
 */
@JsonDeserialize(using = FilterReader.class)
@JsonSerialize(using = FilterWriter.class)
public sealed interface Filter {

    int MAX_LEAVES = 8;

    /**
     * Reads the JSON of a filter; a bare leaf stands for all of one.
     *
     * @throws InvalidException saying what is wrong and where
     */
    static Filter parse(String json) {
        return FilterReader.parse(json);
    }

    /** Every leaf, in the order written. */
    default List<Leaf> leaves() {
        return stream(this).toList();
    }

    private static Stream<Leaf> stream(Filter filter) {
        if (filter instanceof All all) {
            return all.parts().stream().flatMap(Filter::stream);
        }
        if (filter instanceof Any any) {
            return any.parts().stream().flatMap(Filter::stream);
        }
        return Stream.of((Leaf) filter);
    }

    record All(List<Filter> parts) implements Filter {
        public All {
            parts = List.copyOf(parts);
        }
    }

    record Any(List<Filter> parts) implements Filter {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /**
     * {@code field} may reach {@code account.} and {@code contact.}; {@code value} is a String, BigDecimal, Boolean, a
     * list of these, or null.
     */
    record Leaf(String field, Op op, Object value) implements Filter {

        /** The values of a list, or the single value as one. */
        public List<?> values() {
            return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        }

        /** Does the leaf ask about sequences ({@code sequence}, {@code sequence.state} and the like)? */
        public boolean asksForSequence() {
            return field.equals("sequence") || field.startsWith("sequence.");
        }
    }

    enum Op {
        EQUALS,
        NOT_EQUALS,
        IN,
        NOT_IN,
        CONTAINS,
        STARTS_WITH,
        GREATER_THAN,
        LESS_THAN,
        BETWEEN,
        BEFORE,
        AFTER,
        IN_LAST_DAYS,
        IS_EMPTY,
        IS_NOT_EMPTY;

        /** Holds this operator for an empty field where no value is compared? */
        public boolean holdsForEmpty() {
            return this == IS_EMPTY || this == NOT_EQUALS || this == NOT_IN;
        }
    }
}
