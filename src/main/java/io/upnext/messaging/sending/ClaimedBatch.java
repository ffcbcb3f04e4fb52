package io.upnext.messaging.sending;

import java.util.List;

/**
 * The result of one claiming transaction.
 *
 * @param handled rows that were looked at
 * @param mails those that are claimed and must now be sent or given back
 */
record ClaimedBatch(int handled, List<Composed> mails) {

    static final ClaimedBatch NOTHING = new ClaimedBatch(0, List.of());
}
