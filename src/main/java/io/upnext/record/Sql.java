package io.upnext.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A piece of SQL with the parameters of its question marks. */
record Sql(String text, List<Object> parameters) {

    static Sql of(String text, Object... parameters) {
        return new Sql(text, Arrays.asList(parameters));
    }

    static Sql join(List<Sql> parts, String separator, String none) {
        if (parts.isEmpty()) {
            return of(none);
        }
        String text = parts.stream().map(Sql::text).collect(Collectors.joining(separator, "(", ")"));
        return new Sql(
                text, parts.stream().flatMap(part -> part.parameters().stream()).toList());
    }

    Sql then(String more, List<?> moreParameters) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(moreParameters);
        return new Sql(text + more, all);
    }

    Sql then(String more, Object... moreParameters) {
        return then(more, Arrays.asList(moreParameters));
    }

    Sql then(Sql more) {
        return then(more.text(), more.parameters());
    }
}
