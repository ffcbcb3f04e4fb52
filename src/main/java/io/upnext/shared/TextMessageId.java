package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one text message that left or will leave; in JSON a string. */
public record TextMessageId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static TextMessageId next() {
        return new TextMessageId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static TextMessageId of(String text) {
        return new TextMessageId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
