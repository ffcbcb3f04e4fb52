package io.upnext.messaging.texting;

import io.upnext.shared.TextMessageId;

/**
 * A text as it leaves; its claim is committed.
 *
 * @param to E.164
 * @param attempts this one included
 */
record ClaimedText(TextMessageId id, String to, String text, int attempts) {}
