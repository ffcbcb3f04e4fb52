package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one sequence; in JSON a string. */
public record SequenceId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static SequenceId next() {
        return new SequenceId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static SequenceId of(String text) {
        return new SequenceId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
