package io.upnext.messaging;

import io.upnext.shared.MailboxId;
import io.upnext.shared.UserId;
import java.time.Instant;

/**
 * A mailbox: where mail leaves through (SMTP) and, optionally, where answers arrive (IMAP).
 *
 * @param name what stands beside the address in From; null: the sender's own name
 * @param owner whose it is, or null where it is shared
 * @param imap null where nothing is received
 * @param stopped the server refused the log-in or the sender; nothing leaves until somebody has put it right
 * @param error why it is stopped or paused, for people; else null
 * @param pausedUntil could not be reached; tried again then
 * @param failures how often in a row it could not be reached
 * @param tracking may opens and clicks of its mails be tracked
 */
public record Mailbox(
        MailboxId id,
        String address,
        String name,
        UserId owner,
        MailServer smtp,
        MailServer imap,
        boolean stopped,
        String error,
        Instant pausedUntil,
        int failures,
        long version,
        boolean tracking) {

    public Mailbox(
            MailboxId id,
            String address,
            String name,
            UserId owner,
            MailServer smtp,
            MailServer imap,
            boolean stopped,
            String error,
            Instant pausedUntil,
            int failures,
            long version) {
        this(id, address, name, owner, smtp, imap, stopped, error, pausedUntil, failures, version, true);
    }

    /** The part after the @. */
    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
