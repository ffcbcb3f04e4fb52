package io.upnext.shared.filter;

import java.util.List;

/**
 * A condition over the fields of a record, as in the API: {@code all} or {@code any} of leaves, nested once, at most
 * {@value #MAX_LEAVES} leaves.
 */
public sealed interface Filter {

    int MAX_LEAVES = 8;

    record All(List<Filter> parts) implements Filter {}

    record Any(List<Filter> parts) implements Filter {}

    /** {@code field} may reach {@code account.} and {@code contact.}; {@code value} is a JSON scalar, a list or null. */
    record Leaf(String field, Op op, Object value) implements Filter {}

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
        IS_NOT_EMPTY
    }
}
