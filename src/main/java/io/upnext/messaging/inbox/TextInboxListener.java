package io.upnext.messaging.inbox;

import io.upnext.messaging.TextEvent;
import io.upnext.messaging.TextEventListener;
import io.upnext.messaging.inbox.TextConversations.Answered;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.shared.Principal;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Puts an answer by text into the inbox of whose text it answers, else of who owns the record. */
@Component
class TextInboxListener implements TextEventListener {

    private final TextConversations conversations;
    private final Records records;

    TextInboxListener(TextConversations conversations, Records records) {
        this.conversations = conversations;
        this.records = records;
    }

    @Override
    public void on(TextEvent event) {
        if (event.kind() == TextEvent.Kind.REPLIED) {
            conversations.answered(event.text()).ifPresent(answered -> add(event, answered));
        }
    }

    private void add(TextEvent event, Answered answered) {
        UUID owner = answered.sender() != null ? answered.sender() : ownerOfRecord(event);
        if (owner != null) {
            conversations.add(event, answered.number(), owner);
        }
    }

    private UUID ownerOfRecord(TextEvent event) {
        return records.find(event.record())
                .map(CrmRecord::owner)
                .map(Principal::id)
                .orElse(null);
    }
}
