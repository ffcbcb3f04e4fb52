package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one audience; in JSON a string. */
public record AudienceId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static AudienceId next() {
        return new AudienceId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static AudienceId of(String text) {
        return new AudienceId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
