package io.upnext.messaging.sending;

import io.upnext.messaging.Mailbox;
import io.upnext.shared.MailId;

/**
 * A mail as it leaves, but for tracking: what is stored before it leaves.
 *
 * @param fromName what stands beside the sender's address; may be null
 * @param inReplyTo Message-ID of the mail it answers, or null
 * @param references Message-IDs of its thread, or null
 */
record Composed(
        QueuedMail queued,
        Mailbox mailbox,
        String messageId,
        String fromName,
        String to,
        String inReplyTo,
        String references,
        String subject,
        String html,
        String text) {

    MailId id() {
        return queued.id();
    }
}
