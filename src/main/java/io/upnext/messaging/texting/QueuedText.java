package io.upnext.messaging.texting;

import io.upnext.messaging.OutgoingText;
import io.upnext.messaging.SequenceWindow;
import io.upnext.shared.TextMessageId;
import java.time.Instant;

/**
 * A row of the queue.
 *
 * @param asked what was asked for
 * @param window when it may leave; null: always, also because a person said "now"
 * @param attempts how often it was handed to the gateway
 */
record QueuedText(TextMessageId id, OutgoingText asked, SequenceWindow window, Instant queuedAt, int attempts) {}
