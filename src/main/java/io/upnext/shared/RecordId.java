package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one record (lead, opportunity, contact, account); in JSON a string. */
public record RecordId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static RecordId next() {
        return new RecordId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static RecordId of(String text) {
        return new RecordId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
