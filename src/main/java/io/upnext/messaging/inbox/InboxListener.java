package io.upnext.messaging.inbox;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.MailEventListener;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.shared.Principal;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Puts every reply into the inbox of who sent the mail it answers; of a shared mailbox without a sender, into that of who
 * owns the record.
 */
@Component
class InboxListener implements MailEventListener {

    private final Conversations conversations;
    private final Records records;

    InboxListener(Conversations conversations, Records records) {
        this.conversations = conversations;
        this.records = records;
    }

    @Override
    public void on(MailEvent event) {
        if (event.kind() == MailEvent.Kind.REPLIED) {
            conversations.newReplies(event.mail()).forEach(this::add);
        }
    }

    private void add(Conversations.Reply reply) {
        UUID owner = reply.owner() != null ? reply.owner() : ownerOfRecord(reply);
        if (owner != null) {
            conversations.add(reply, owner);
        }
    }

    private UUID ownerOfRecord(Conversations.Reply reply) {
        return records.find(reply.record())
                .map(CrmRecord::owner)
                .map(Principal::id)
                .orElse(null);
    }
}
