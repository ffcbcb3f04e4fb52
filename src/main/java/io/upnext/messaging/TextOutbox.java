package io.upnext.messaging;

import io.upnext.messaging.pacing.Recipients;
import io.upnext.messaging.texting.TextDispatcher;
import io.upnext.messaging.texting.TextQueue;
import io.upnext.messaging.texting.TextRecipients;
import io.upnext.operation.Workers;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.shared.RecordId;
import io.upnext.shared.TextMessageId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The queue of text messages to send. A text is queued in the transaction of its step and sent after it, with a claim
 * that is committed before the gateway is asked; what became of it comes back as a {@link TextEvent}. Taking back and
 * releasing go through {@link Outbox}, for mails and texts at once.
 */
@Component
public class TextOutbox {

    /** The most characters one message may have, after its placeholders are filled. */
    public static final int LONGEST = 1_600;

    private final TextQueue queue;
    private final TextRecipients recipients;
    private final Recipients windows;
    private final Records records;
    private final Workers workers;
    private final Clock clock;

    TextOutbox(
            TextQueue queue,
            TextRecipients recipients,
            Recipients windows,
            Records records,
            Workers workers,
            Clock clock) {
        this.queue = queue;
        this.recipients = recipients;
        this.windows = windows;
        this.records = records;
        this.workers = workers;
        this.clock = clock;
    }

    /** Queues a text; doing so again for the same step run returns the first one. */
    @Transactional
    public TextMessageId queue(OutgoingText text) {
        return queue(text, null);
    }

    /** @param window when automated texts of its sequence may leave, or null */
    @Transactional
    public TextMessageId queue(OutgoingText text, SequenceWindow window) {
        if (text.template() == null && text.written() == null) {
            throw new IllegalArgumentException("A text message needs a template or a written text.");
        }
        TextMessageId id = queue.insert(TextMessageId.next(), text, window, notBefore(text, window));
        workers.wake(TextDispatcher.NAME);
        return id;
    }

    /** Queues an answer from the inbox, which leaves at once; the same id twice is one text. */
    @Transactional
    public void answer(TextMessageId id, OutgoingText text) {
        queue.insert(id, text, null, clock.instant());
        workers.wake(TextDispatcher.NAME);
    }

    /** Who gets no text need not wait for the window to be told so. */
    private Instant notBefore(OutgoingText text, SequenceWindow window) {
        Instant now = clock.instant();
        return Optional.ofNullable(window)
                .flatMap(set -> records.graph(text.record()))
                .map(RecordGraph::person)
                .filter(person -> recipients.of(person).refusal() == null)
                .map(person -> windows.notBefore(now, window, text.sender(), person))
                .orElse(now);
    }

    /** To whom a text about this record would go now; empty where the record is gone. */
    public Optional<TextRecipient> recipient(RecordId record) {
        return records.graph(record).map(RecordGraph::person).map(recipients::of);
    }

    /** The same, of a number that has written. */
    public Optional<TextRecipient> recipient(RecordId record, String number) {
        return records.graph(record).map(RecordGraph::person).map(person -> recipients.of(person, number));
    }
}
