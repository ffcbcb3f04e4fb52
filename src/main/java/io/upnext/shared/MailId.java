package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one mail that left or will leave; in JSON a string. */
public record MailId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static MailId next() {
        return new MailId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static MailId of(String text) {
        return new MailId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
