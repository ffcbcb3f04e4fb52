package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one frozen version of a sequence; in JSON a string. */
public record VersionId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static VersionId next() {
        return new VersionId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static VersionId of(String text) {
        return new VersionId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
