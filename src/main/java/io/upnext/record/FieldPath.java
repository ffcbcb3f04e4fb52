package io.upnext.record;

import io.upnext.shared.RecordType;
import java.util.Optional;

/**
 * A path of filters and placeholders taken apart.
 *
 * @param via {@code account} or {@code contact}, or null for the record itself
 * @param type the type of the record that has the field
 */
record FieldPath(String via, RecordType type, String name) {

    /** Empty where the type has no such neighbour. */
    static Optional<FieldPath> of(RecordType type, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return Optional.of(new FieldPath(null, type, path));
        }
        String via = path.substring(0, dot);
        String name = path.substring(dot + 1);
        if (via.equals("account") && (type == RecordType.CONTACT || type == RecordType.OPPORTUNITY)) {
            return Optional.of(new FieldPath(via, RecordType.ACCOUNT, name));
        }
        if (via.equals("contact") && type == RecordType.OPPORTUNITY) {
            return Optional.of(new FieldPath(via, RecordType.CONTACT, name));
        }
        return Optional.empty();
    }
}
