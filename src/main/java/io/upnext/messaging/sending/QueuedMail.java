package io.upnext.messaging.sending;

import io.upnext.messaging.OutgoingMail;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import java.time.Instant;

/**
 * A row of the queue.
 *
 * @param asked what was asked for
 * @param mailbox the mailbox it leaves through, or null where none was known when it was queued
 * @param attempts how often it was handed to the server
 * @param plannedUntil when its window or its day ends; null: never
 * @param placed has it a place in the caps of a day
 * @param windowed has its sequence a window
 */
record QueuedMail(
        MailId id,
        OutgoingMail asked,
        MailboxId mailbox,
        Instant queuedAt,
        int attempts,
        Instant plannedUntil,
        boolean placed,
        boolean windowed) {}
