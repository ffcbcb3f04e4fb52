package io.upnext.sequence;

import io.upnext.record.SequenceNames;
import io.upnext.security.CurrentUser;
import io.upnext.shared.PageQuery;
import io.upnext.shared.RecordType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The sequences that conditions of filters offer. */
@Component
class NamesForConditions implements SequenceNames {

    private static final int MOST = 500;

    private final Sequences sequences;

    NamesForConditions(Sequences sequences) {
        this.sequences = sequences;
    }

    @Override
    public Map<String, String> of(CurrentUser user, RecordType type) {
        Map<String, String> names = new LinkedHashMap<>();
        sequences
                .list(user, new SequenceQuery(null, type, null, null), PageQuery.first(MOST))
                .items()
                .forEach(view -> names.put(
                        view.id().toString(),
                        Objects.requireNonNullElse(
                                view.definition().name(), view.id().toString())));
        return names;
    }
}
