package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one step run, one visit of an enrollment to a step; in JSON a string. */
public record StepRunId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static StepRunId next() {
        return new StepRunId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static StepRunId of(String text) {
        return new StepRunId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
