package io.upnext.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows turned into one text array a column, for statements that take many rows through {@code unnest}. */
final class Columns {

    private final List<List<String>> columns = new ArrayList<>();

    Columns(int count) {
        for (int i = 0; i < count; i++) {
            columns.add(new ArrayList<>());
        }
    }

    void add(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        for (int i = 0; i < cells.length; i++) {
            columns.get(i).add(cells[i] == null ? null : cells[i].toString());
        }
    }

    boolean isEmpty() {
        return columns.get(0).isEmpty();
    }

    List<Object> arrays() {
        return after();
    }

    /** The arrays as parameters that come after others. */
    List<Object> after(Object... others) {
        List<Object> parameters = new ArrayList<>(Arrays.asList(others));
        columns.forEach(column -> parameters.add(column.toArray(new String[0])));
        return parameters;
    }
}
