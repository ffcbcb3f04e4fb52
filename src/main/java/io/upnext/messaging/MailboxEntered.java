package io.upnext.messaging;

import io.upnext.shared.MailboxId;

/** Somebody has set up a mailbox, or changed one; told within the transaction. */
public record MailboxEntered(MailboxId mailbox) {}
