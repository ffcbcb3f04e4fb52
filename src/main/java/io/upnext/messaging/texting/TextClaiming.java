package io.upnext.messaging.texting;

import io.upnext.messaging.SendGate;
import io.upnext.messaging.TextEvent;
import io.upnext.messaging.TextRecipient;
import io.upnext.messaging.pacing.Recipients;
import io.upnext.messaging.texting.TextEvents.Happened;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.shared.ProblemException;
import io.upnext.shared.TextMessageId;
import io.upnext.shared.UnprocessableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the text that is due out of the queue: everything is asked again, the text is written, and the claim is
 * committed before a word is said to the gateway. One at a time, so that a STOP counts up to the moment of sending.
 */
@Component
class TextClaiming {

    private static final Logger log = LoggerFactory.getLogger(TextClaiming.class);
    private static final Duration SHORTEST_HOLD = Duration.ofMinutes(1);
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(30);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMinutes(5);

    private final TextQueue queue;
    private final TextEvents events;
    private final TextRecipients recipients;
    private final Recipients windows;
    private final TextCap cap;
    private final TextWriter writer;
    private final Records records;
    private final ObjectProvider<SendGate> gate;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Clock realTime;

    TextClaiming(
            TextQueue queue,
            TextEvents events,
            TextRecipients recipients,
            Recipients windows,
            TextCap cap,
            TextWriter writer,
            Records records,
            ObjectProvider<SendGate> gate,
            TransactionTemplate transaction,
            Clock clock,
            @Qualifier("realTime") Clock realTime) {
        this.queue = queue;
        this.events = events;
        this.recipients = recipients;
        this.windows = windows;
        this.cap = cap;
        this.writer = writer;
        this.records = records;
        this.gate = gate;
        this.transaction = transaction;
        this.clock = clock;
        this.realTime = realTime;
    }

    /**
     * @param found false where nothing was due
     * @param claimed null where what was found is not to be sent now
     */
    record Result(boolean found, ClaimedText claimed) {

        static final Result NOTHING = new Result(false, null);
    }

    /** Claims the next text, or fails it with a cause that holds for all. @param impossible null where it can be sent */
    Result claim(int node, String impossible) {
        TextMessageId[] tried = new TextMessageId[1];
        try {
            return transaction.execute(status -> queue.lockDue()
                    .map(text -> {
                        tried[0] = text.id();
                        return new Result(true, claim(text, node, impossible).orElse(null));
                    })
                    .orElse(Result.NOTHING));
        } catch (RuntimeException e) {
            if (tried[0] == null) {
                throw e;
            }
            log.warn("Text message {} could not be claimed and waits", tried[0], e);
            queue.postpone(tried[0], clock.instant().plus(PAUSE_AFTER_ERROR), e.toString());
            return new Result(true, null);
        }
    }

    private Optional<ClaimedText> claim(QueuedText text, int node, String impossible) {
        if (!allowed(text)) {
            return Optional.empty();
        }
        RecordGraph graph = records.graph(text.asked().record()).orElse(null);
        if (graph == null) {
            queue.end(text.id(), "CANCELLED", "The record is gone.", null);
            return Optional.empty();
        }
        TextRecipient to = recipient(text, graph);
        if (to.refusal() != null) {
            queue.end(text.id(), "REFUSED", to.refusal().name(), to.number());
            events.add(Happened.to(text.id(), TextEvent.Kind.REFUSED).refusal(to.refusal()));
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant opening = windows.notBefore(now, text.window(), text.asked().sender(), graph.person());
        if (opening.isAfter(now)) {
            queue.wait(text.id(), opening);
            return Optional.empty();
        }
        if (impossible == null && !cap.today(text.id())) {
            Instant day = cap.later(text.id(), text.window() != null);
            queue.wait(
                    text.id(),
                    windows.notBefore(day, text.window(), text.asked().sender(), graph.person()));
            return Optional.empty();
        }
        try {
            if (impossible != null) {
                throw new UnprocessableException(impossible);
            }
            String written = writer.write(text, graph);
            queue.claim(text.id(), to.number(), written, node, realTime.instant());
            return Optional.of(new ClaimedText(text.id(), to.number(), written, text.attempts() + 1));
        } catch (ProblemException e) {
            queue.end(text.id(), "FAILED", e.getMessage(), to.number());
            events.add(Happened.to(text.id(), TextEvent.Kind.FAILED).detail(e.getMessage()));
            return Optional.empty();
        }
    }

    private TextRecipient recipient(QueuedText text, RecordGraph graph) {
        String askedTo = text.asked().askedTo();
        return askedTo == null ? recipients.of(graph.person()) : recipients.of(graph.person(), askedTo);
    }

    /** An answer from the inbox waits for no step, and goes also where the enrollment has ended. */
    private boolean allowed(QueuedText text) {
        SendGate asked = gate.getIfAvailable();
        if (asked == null || text.asked().stepRun() == null) {
            return true;
        }
        return switch (asked.ask(text.asked().enrollment(), text.asked().stepRun())) {
            case SEND -> true;
            case HOLD -> {
                queue.hold(text.id(), holdUntil(text));
                yield false;
            }
            case CANCEL -> {
                queue.end(text.id(), "CANCELLED", "The enrollment ended before the text was sent.", null);
                yield false;
            }
        };
    }

    /** The longer it is held, the more seldom it asks; resuming releases it at once. */
    private Instant holdUntil(QueuedText text) {
        Instant now = clock.instant();
        Duration waited = Duration.between(text.queuedAt(), now).dividedBy(4);
        Duration pause = waited.compareTo(SHORTEST_HOLD) < 0 ? SHORTEST_HOLD : waited;
        return now.plus(pause.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : pause);
    }
}
