package io.upnext.shared;

import java.util.List;

/**
 * Which page of a list is wanted: page from 0, size 1–500, sorted by named properties. Who answers it maps the names to
 * columns, refuses unknown ones with {@link InvalidException} and breaks ties by id.
 */
public record PageQuery(int page, int size, List<Sort> sort) {

    public static final int DEFAULT_SIZE = 50;
    public static final int MAX_SIZE = 500;

    public PageQuery {
        if (page < 0) {
            throw new InvalidException("'page' is " + page + "; it counts from 0.");
        }
        if (size < 1 || size > MAX_SIZE) {
            throw new InvalidException("'size' is " + size + "; it must lie between 1 and " + MAX_SIZE + ".");
        }
        sort = List.copyOf(sort);
    }

    public static PageQuery first(int size) {
        return new PageQuery(0, size, List.of());
    }

    public long offset() {
        return (long) page * size;
    }

    public record Sort(String property, boolean ascending) {}
}
