package io.upnext.messaging;

import io.upnext.record.CrmRecord;
import io.upnext.shared.MailboxId;
import io.upnext.shared.UserId;
import java.time.Instant;

/** Sending as it would go: each mail takes the place it would get by windows, caps, gaps and ramps, if nothing else were sent. */
public interface PaceModel {

    /** @param mailbox null where the sender has none: then nothing can leave */
    record Leaving(MailboxId mailbox, Instant at) {}

    /**
     * Takes the earliest place at or after {@code at}. Calls come in the order of time.
     *
     * @param named a mailbox, or null for the sender's own
     * @param window of the sequence, or null
     */
    Leaving leaves(UserId sender, MailboxId named, SequenceWindow window, CrmRecord person, Instant at);
}
