package io.upnext.record.web;

import io.upnext.record.CrmRecord;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A record as the API shows it; fields in the order of their names. */
record RecordJson(
        RecordId id,
        RecordType type,
        String state,
        Principal owner,
        String name,
        Map<String, Object> fields,
        Instant createdAt,
        Instant updatedAt) {

    static RecordJson of(CrmRecord record) {
        return new RecordJson(
                record.id(),
                record.type(),
                record.state(),
                record.owner(),
                record.name(),
                new TreeMap<>(record.fields()),
                record.createdAt(),
                record.updatedAt());
    }
}
