package io.upnext.record;

import io.upnext.shared.RecordType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of one type as they were at one moment. */
record FieldCatalogue(RecordType type, Map<String, Field> byName, Instant readAt) {

    static FieldCatalogue of(RecordType type, List<Field> fields, Instant readAt) {
        Map<String, Field> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.put(field.name(), field));
        return new FieldCatalogue(type, byName, readAt);
    }

    List<Field> fields() {
        return List.copyOf(byName.values());
    }

    Optional<Field> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
