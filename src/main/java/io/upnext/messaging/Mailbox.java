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
 * @param limits how much may leave and when
 * @param stopped the server refused the log-in or the sender; nothing leaves until somebody has put it right
 * @param error why it is stopped or paused, for people; else null
 * @param warning complaints or bounces come close to stopping it; else null
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
        MailLimits limits,
        boolean stopped,
        String error,
        String warning,
        Instant pausedUntil,
        int failures,
        long version,
        boolean tracking) {

    /** One that is about to be stored for the first time, without limits. */
    public static Mailbox fresh(
            MailboxId id, String address, String name, UserId owner, MailServer smtp, MailServer imap) {
        return new Mailbox(id, address, name, owner, smtp, imap, MailLimits.NONE, false, null, null, null, 0, 0, true);
    }

    public Mailbox withLimits(MailLimits other) {
        return with(smtp, imap, other);
    }

    public Mailbox withServers(MailServer otherSmtp, MailServer otherImap) {
        return with(otherSmtp, otherImap, limits);
    }

    private Mailbox with(MailServer otherSmtp, MailServer otherImap, MailLimits other) {
        return new Mailbox(
                id,
                address,
                name,
                owner,
                otherSmtp,
                otherImap,
                other,
                stopped,
                error,
                warning,
                pausedUntil,
                failures,
                version,
                tracking);
    }

    /** The part after the @. */
    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
