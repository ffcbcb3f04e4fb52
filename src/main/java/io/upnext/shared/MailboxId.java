package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one mailbox; in JSON a string. */
public record MailboxId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static MailboxId next() {
        return new MailboxId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static MailboxId of(String text) {
        return new MailboxId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
