package io.upnext.record;

import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The field catalogue: standard and custom fields per record type, from memory. */
@Component
public class Fields {

    public List<Field> of(RecordType type) {
        throw new UnsupportedOperationException("stub");
    }

    /** @param path a field name, or {@code account.…} / {@code contact.…} where the type has one */
    public Optional<Field> find(RecordType type, String path) {
        throw new UnsupportedOperationException("stub");
    }

    /** Everything wrong with a filter on that type: unknown fields, operators that do not fit, values that are none of the options. */
    public List<Problem> check(RecordType type, Filter filter, String step) {
        throw new UnsupportedOperationException("stub");
    }

    /** The states of a type, in order, and those in which its sequences can be connected (a setting). */
    public List<String> states(RecordType type) {
        throw new UnsupportedOperationException("stub");
    }

    public Set<String> connectableStates(RecordType type) {
        throw new UnsupportedOperationException("stub");
    }

    public boolean isClosed(RecordType type, String state) {
        throw new UnsupportedOperationException("stub");
    }
}
