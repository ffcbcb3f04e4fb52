package io.upnext.shared;

import java.util.List;
import java.util.function.Function;

/** One page of a list, as every list of the API is answered. */
public record Paged<T>(List<T> items, int page, int size, long total) {

    public static <T> Paged<T> of(List<T> items, PageQuery query, long total) {
        return new Paged<>(items, query.page(), query.size(), total);
    }

    public <R> Paged<R> map(Function<? super T, ? extends R> mapper) {
        return new Paged<>(items.stream().<R>map(mapper).toList(), page, size, total);
    }
}
