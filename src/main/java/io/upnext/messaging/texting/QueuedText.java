package io.upnext.messaging.texting;

import io.upnext.messaging.OutgoingText;
import io.upnext.shared.TextMessageId;
import java.time.Instant;

/**
 * A row of the queue.
 *
 * @param asked what was asked for
 * @param attempts how often it was handed to the gateway
 */
record QueuedText(TextMessageId id, OutgoingText asked, Instant queuedAt, int attempts) {}
