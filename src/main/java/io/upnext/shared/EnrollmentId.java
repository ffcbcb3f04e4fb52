package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one enrollment; in JSON a string. */
public record EnrollmentId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static EnrollmentId next() {
        return new EnrollmentId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static EnrollmentId of(String text) {
        return new EnrollmentId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
