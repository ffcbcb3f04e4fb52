package io.upnext.worklist.web;

import io.upnext.enrollment.RecordRef;
import io.upnext.messaging.Conversation;
import io.upnext.messaging.Inbox;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordId;
import io.upnext.worklist.InboxTasks;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Conversations with the names that people read. */
@Component
class InboxViews {

    private final Inbox inbox;
    private final InboxTasks tasks;
    private final Records records;

    InboxViews(Inbox inbox, InboxTasks tasks, Records records) {
        this.inbox = inbox;
        this.tasks = tasks;
        this.records = records;
    }

    Paged<InboxView> list(CurrentUser user, boolean team, boolean unread, PageQuery page) {
        Paged<Conversation> found = inbox.list(user, team, unread, page);
        Map<RecordId, CrmRecord> named = records.findAll(
                found.items().stream().map(Conversation::record).distinct().toList());
        return found.map(conversation -> view(user, conversation, named.get(conversation.record())));
    }

    InboxView one(CurrentUser user, UUID id) {
        Conversation conversation = inbox.get(user, id);
        return view(user, conversation, records.find(conversation.record()).orElse(null));
    }

    InboxView.Whole whole(CurrentUser user, UUID id) {
        Conversation conversation = inbox.get(user, id);
        return new InboxView.Whole(one(user, id), inbox.messages(user, id), List.copyOf(tasks.of(conversation)));
    }

    private InboxView view(CurrentUser user, Conversation conversation, CrmRecord record) {
        RecordRef ref = record == null ? null : new RecordRef(record.type(), record.id(), record.name());
        return InboxView.of(conversation, ref, inbox.ownerName(conversation), inbox.mayAnswer(user, conversation));
    }
}
