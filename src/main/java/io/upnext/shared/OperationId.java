package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one background operation; in JSON a string. */
public record OperationId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static OperationId next() {
        return new OperationId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static OperationId of(String text) {
        return new OperationId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
