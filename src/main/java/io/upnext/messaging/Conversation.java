package io.upnext.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.inbox.FoldedText;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import java.time.Instant;
import java.util.UUID;

/**
 * The replies of one person in one enrollment.
 *
 * @param owner the user or team they are for
 * @param inbound the newest reply by mail, null where all came by text; {@code from}, {@code subject}, {@code snippet} and {@code receivedAt}
 * @param unread how many replies nobody has looked at
 */
public record Conversation(
        UUID id,
        EnrollmentId enrollment,
        RecordId record,
        UUID owner,
        UUID inbound,
        String from,
        String subject,
        String snippet,
        Instant receivedAt,
        int unread,
        Instant answeredAt) {

    /** Nothing came by mail that could be answered by mail. */
    public boolean textOnly() {
        return inbound == null;
    }

    /**
     * One mail or text of it.
     *
     * @param state of a sent one its state, of a received one what it is
     * @param from an address or a number, as {@code to}
     * @param subject null of a text
     * @param text plain, the quoted part apart
     * @param error what the server said, or null
     * @param plannedAt when it leaves, of one that waits for that: a full day, a closed window; else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Message(
            UUID id,
            Direction direction,
            String state,
            Instant at,
            String from,
            String to,
            String subject,
            FoldedText text,
            String error,
            Instant plannedAt) {

        public enum Direction {
            SENT,
            RECEIVED
        }
    }
}
