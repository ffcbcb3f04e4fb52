package io.upnext.messaging.sending;

import io.upnext.messaging.Attachments.Attachment;
import io.upnext.messaging.Mailbox;
import io.upnext.shared.MailId;
import java.util.List;

/**
 * A mail as it leaves, but for tracking: what is stored before it leaves.
 *
 * @param fromName what stands beside the sender's address; may be null
 * @param inReplyTo Message-ID of the mail it answers, or null
 * @param references Message-IDs of its thread, or null
 * @param attachments those that travel in the mail itself; tracked ones are links in its text
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
        String text,
        List<Attachment> attachments,
        boolean trackOpens,
        boolean trackClicks) {

    MailId id() {
        return queued.id();
    }
}
