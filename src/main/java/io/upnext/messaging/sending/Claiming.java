package io.upnext.messaging.sending;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.SendGate;
import io.upnext.messaging.SendGate.Decision;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.messaging.pacing.Caps;
import io.upnext.messaging.pacing.MailPlanner;
import io.upnext.operation.Workers;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import io.upnext.shared.StepRunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes due mails out of the queue: everything is checked again (spec §7.3), the mail is written, and the claim is
 * committed with it before a word is said to the server. Where a batch fails each mail gets its own transaction, so
 * that one bad mail never holds up the others.
 */
@Component
class Claiming {

    private static final Logger log = LoggerFactory.getLogger(Claiming.class);
    private static final Duration SHORTEST_HOLD = Duration.ofMinutes(1);
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(30);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMinutes(5);

    private final MailQueue queue;
    private final Turns turns;
    private final Days.Today days;
    private final Caps caps;
    private final Workers workers;
    private final Composer composer;
    private final MailEvents events;
    private final ObjectProvider<SendGate> gate;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Clock realTime;

    Claiming(
            MailQueue queue,
            Turns turns,
            Days.Today days,
            Caps caps,
            Workers workers,
            Composer composer,
            MailEvents events,
            ObjectProvider<SendGate> gate,
            TransactionTemplate transaction,
            Clock clock,
            @Qualifier("realTime") Clock realTime) {
        this.queue = queue;
        this.turns = turns;
        this.days = days;
        this.caps = caps;
        this.workers = workers;
        this.composer = composer;
        this.events = events;
        this.gate = gate;
        this.transaction = transaction;
        this.clock = clock;
        this.realTime = realTime;
    }

    /** Mails that have no mailbox yet. */
    ClaimedBatch claimHomeless(int limit, int node) {
        return claim(null, 0, MailQueue.Which.ALL, limit, node);
    }

    /** Of a mailbox with a gap one mail at a time, and only when it is its turn, on whatever node. */
    ClaimedBatch claim(MailQueue.Due due, int limit, int node) {
        if (due.gap() == 0) {
            return claim(due.mailbox(), 0, MailQueue.Which.ALL, limit, node);
        }
        ClaimedBatch free = claim(due.mailbox(), 0, MailQueue.Which.NO_GAP, limit, node);
        return free.handled() > 0 ? free : claim(due.mailbox(), due.gap(), MailQueue.Which.GAP, 1, node);
    }

    private ClaimedBatch claim(MailboxId mailbox, int gap, MailQueue.Which which, int limit, int node) {
        List<MailId> tried = new ArrayList<>();
        try {
            return transaction.execute(status -> {
                if (gap > 0 && !turns.take(mailbox)) {
                    return ClaimedBatch.NOTHING;
                }
                List<QueuedMail> due = queue.lockDue(mailbox, which, limit);
                due.forEach(mail -> tried.add(mail.id()));
                ClaimedBatch batch = claim(due, node);
                if (gap > 0 && !batch.mails().isEmpty()) {
                    turns.next(mailbox, gap);
                }
                return batch;
            });
        } catch (RuntimeException e) {
            log.warn("A batch of {} mails could not be claimed and is tried one by one", tried.size(), e);
            if (tried.isEmpty()) {
                throw e;
            }
        }
        List<Composed> claimed = new ArrayList<>();
        tried.forEach(mail -> claimAlone(mail, mailbox, gap, node).ifPresent(batch -> claimed.addAll(batch.mails())));
        return new ClaimedBatch(tried.size(), claimed);
    }

    private Optional<ClaimedBatch> claimAlone(MailId mail, MailboxId mailbox, int gap, int node) {
        try {
            return transaction.execute(status -> {
                if (gap > 0 && !turns.take(mailbox)) {
                    return Optional.empty();
                }
                Optional<ClaimedBatch> batch = queue.lock(mail).map(locked -> claim(List.of(locked), node));
                if (gap > 0 && batch.isPresent() && !batch.get().mails().isEmpty()) {
                    turns.next(mailbox, gap);
                }
                return batch;
            });
        } catch (RuntimeException e) {
            log.warn("Mail {} could not be claimed and waits", mail, e);
            queue.postpone(mail, clock.instant().plus(PAUSE_AFTER_ERROR), e.toString());
            return Optional.empty();
        }
    }

    private ClaimedBatch claim(List<QueuedMail> due, int node) {
        if (due.isEmpty()) {
            return new ClaimedBatch(0, List.of());
        }
        List<Composed> ready = new ArrayList<>();
        // Enrollments are always locked in the same order, so that two dispatchers cannot wait for each other.
        List<QueuedMail> ordered = due.stream()
                .sorted(Comparator.comparing(mail -> mail.asked().enrollment().value()))
                .toList();
        Map<StepRunId, Decision> decisions = decisions(ordered);
        List<QueuedMail> allowed =
                ordered.stream().filter(mail -> allowed(mail, decisions)).toList();
        Composer.Batch batch = composer.load(allowed);
        allowed.forEach(mail -> apply(mail, batch.compose(mail), ready));
        if (!ready.isEmpty()) {
            queue.claim(ready, node, realTime.instant(), days.now());
        }
        return new ClaimedBatch(due.size(), List.copyOf(ready));
    }

    /** Mails that were held and are to be planned ask the gate before they take a place again. @return how many did */
    int askHeld(int limit) {
        Integer asked = transaction.execute(status -> {
            List<QueuedMail> held = queue.lockHeld(limit);
            Map<StepRunId, Decision> decisions = decisions(held);
            held.stream().filter(mail -> allowed(mail, decisions)).forEach(mail -> queue.letGo(mail.id()));
            return held.size();
        });
        return asked == null ? 0 : asked;
    }

    /** An answer from the inbox is no step: nobody is asked about it, and it goes even where the enrollment has ended. */
    private Map<StepRunId, Decision> decisions(List<QueuedMail> mails) {
        SendGate asked = gate.getIfAvailable();
        List<SendGate.Question> questions = mails.stream()
                .map(QueuedMail::asked)
                .filter(mail -> mail.stepRun() != null)
                .map(mail -> new SendGate.Question(mail.enrollment(), mail.stepRun()))
                .toList();
        return asked == null || questions.isEmpty() ? Map.of() : asked.ask(questions);
    }

    private boolean allowed(QueuedMail mail, Map<StepRunId, Decision> decisions) {
        StepRunId stepRun = mail.asked().stepRun();
        return switch (stepRun == null ? Decision.SEND : decisions.getOrDefault(stepRun, Decision.SEND)) {
            case SEND -> true;
            case HOLD -> {
                queue.hold(mail.id(), holdUntil(mail));
                yield false;
            }
            case CANCEL -> {
                queue.end(mail.id(), "CANCELLED", "The enrollment ended before the mail was sent.");
                yield false;
            }
        };
    }

    /** The longer it is held, the more seldom it asks; resuming releases it at once. */
    private Instant holdUntil(QueuedMail mail) {
        Instant now = clock.instant();
        Duration waited = Duration.between(mail.queuedAt(), now).dividedBy(4);
        Duration pause = waited.compareTo(SHORTEST_HOLD) < 0 ? SHORTEST_HOLD : waited;
        return now.plus(pause.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : pause);
    }

    private void apply(QueuedMail mail, Composer.Result result, List<Composed> ready) {
        if (result instanceof Composer.Result.Ready composed) {
            if (!mail.placed() && (mail.windowed() || caps.limit(composed.mail().mailbox()))) {
                // A limit is new, or what would have been refused no longer is
                queue.unplan(mail.id(), composed.mail().mailbox().id());
                workers.wake(MailPlanner.NAME);
                return;
            }
            ready.add(composed.mail());
        } else if (result instanceof Composer.Result.Refused refused) {
            queue.refuse(mail.id(), refused.refusal(), refused.address());
            events.add(Happened.to(mail.id(), MailEvent.Kind.REFUSED).refusal(refused.refusal()));
        } else if (result instanceof Composer.Result.Failed failed) {
            queue.end(mail.id(), "FAILED", failed.cause());
            events.add(Happened.to(mail.id(), MailEvent.Kind.FAILED).detail(failed.cause()));
        } else {
            queue.end(mail.id(), "CANCELLED", "The record is gone.");
        }
    }
}
