package io.upnext.record;

import io.upnext.shared.RecordId;
import java.util.List;

/** Somebody was in contact with records: their last contact and activity changed. Published inside the transaction. */
public record RecordsTouched(List<RecordId> records) {}
