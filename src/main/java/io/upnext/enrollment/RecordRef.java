package io.upnext.enrollment;

import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;

/** A record as enrollments and steps name it. {@code name} is null where the record is gone or not to be seen. */
public record RecordRef(RecordType type, RecordId id, String name) {}
