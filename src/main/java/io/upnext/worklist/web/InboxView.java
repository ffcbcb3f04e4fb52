package io.upnext.worklist.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.enrollment.RecordRef;
import io.upnext.messaging.Conversation;
import io.upnext.messaging.Conversation.Message;
import io.upnext.shared.EnrollmentId;
import io.upnext.worklist.InboxTasks.Task;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A conversation as lists show it.
 *
 * @param record null where it is gone
 * @param from who wrote last; {@code subject}, {@code snippet} and {@code receivedAt} are of the newest reply too
 * @param unreadMessages how many replies nobody has looked at
 * @param textOnly all came by text, so there is no mail to answer
 * @param mayAnswer false where the caller may only look
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InboxView(
        UUID id,
        EnrollmentId enrollment,
        RecordRef record,
        UUID owner,
        String ownerName,
        String from,
        String subject,
        String snippet,
        Instant receivedAt,
        boolean unread,
        int unreadMessages,
        Instant answeredAt,
        boolean textOnly,
        boolean mayAnswer) {

    static InboxView of(Conversation conversation, RecordRef record, String ownerName, boolean mayAnswer) {
        return new InboxView(
                conversation.id(),
                conversation.enrollment(),
                record,
                conversation.owner(),
                ownerName,
                conversation.from(),
                conversation.subject(),
                conversation.snippet(),
                conversation.receivedAt(),
                conversation.unread() > 0,
                conversation.unread(),
                conversation.answeredAt(),
                conversation.textOnly(),
                mayAnswer);
    }

    /** With all that was written, oldest first. */
    record Whole(InboxView conversation, List<Message> messages, List<Task> tasks) {}
}
