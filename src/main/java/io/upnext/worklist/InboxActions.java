package io.upnext.worklist;

import io.upnext.enrollment.ConnectNow;
import io.upnext.messaging.Conversation;
import io.upnext.messaging.Inbox;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.SequenceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a reply leads to beside an answer: the person comes into a sequence again, later. */
@Component
public class InboxActions {

    private static final Duration LATEST = Duration.ofDays(365);

    private final Inbox inbox;
    private final ConnectNow connectNow;
    private final Records records;
    private final AuditLog audit;
    private final Clock clock;

    InboxActions(Inbox inbox, ConnectNow connectNow, Records records, AuditLog audit, Clock clock) {
        this.inbox = inbox;
        this.connectNow = connectNow;
        this.records = records;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Connects the record again; until the time the enrollment is Connecting.
     *
     * @param at null or past is at once
     * @throws io.upnext.shared.UnprocessableException with the rule that refuses it, as in a bulk connect
     */
    public EnrollmentId connect(CurrentUser user, UUID id, SequenceId sequence, Instant at) {
        Conversation conversation = inbox.requireOwn(user, id);
        user.require(Right.CONNECT_RECORDS);
        if (sequence == null) {
            throw new InvalidException("'sequence' is needed: the one to connect with.");
        }
        Instant now = clock.instant();
        if (at != null && at.isAfter(now.plus(LATEST))) {
            throw new InvalidException("'at' lies more than a year ahead; give an earlier time.");
        }
        CrmRecord record = records.find(conversation.record())
                .orElseThrow(() -> new NotFoundException("The record of this conversation is gone."));
        Duration wait = at == null || !at.isAfter(now) ? null : Duration.between(now, at);
        EnrollmentId enrollment = connectNow.connect(
                user, new ConnectNow.Wanted(sequence, record.type(), record.id(), wait, null, "inbox", null));
        audit.add(user.actor(), "inbox.connect", "conversation:" + id, null, enrollment.toString());
        return enrollment;
    }
}
