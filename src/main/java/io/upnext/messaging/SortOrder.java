package io.upnext.messaging;

import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;

/** Lists here are sorted by one property, either way round. */
final class SortOrder {

    private SortOrder() {}

    /**
     * @return {@code asc} or {@code desc}
     * @throws InvalidException where another property is asked for
     */
    static String direction(PageQuery page, String property) {
        boolean ascending = true;
        for (PageQuery.Sort sort : page.sort()) {
            if (!sort.property().equals(property)) {
                throw new InvalidException(
                        "This list cannot be sorted by '" + sort.property() + "', only by '" + property + "'.");
            }
            ascending = sort.ascending();
        }
        return ascending ? "asc" : "desc";
    }
}
