package io.upnext.messaging.sending;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.pacing.MailPlanner;
import io.upnext.operation.RightOfWay;
import io.upnext.operation.Worker;
import io.upnext.operation.Workers;
import io.upnext.security.Settings;
import io.upnext.shared.MailId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/**
 * Sends what is due, a batch of one mailbox at a time: claim (committed), SMTP, result. Every claimed mail is either
 * handed to the server or given back; what a crash leaves behind is for {@link DeadClaims}.
 */
@Component
public class Dispatcher implements Worker, ApplicationListener<ContextClosedEvent> {

    public static final String NAME = "mail-dispatch";

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final int BATCH = 20;
    private static final int HELD = 100;
    private static final int TRIES_TO_RECORD = 3;
    private static final String TAKEN_BACK = "Taken back before it was sent.";

    /** A claim this old is not used any more: another process may soon take it for dead. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final MailQueue queue;
    private final Claiming claiming;
    private final SmtpConnections connections;
    private final SentMails sentMails;
    private final DeadClaims deadClaims;
    private final Lanes lanes;
    private final Node node;
    private final Settings settings;
    private final Workers workers;
    private final RightOfWay rightOfWay;
    private final Clock clock;
    private final Clock realTime;
    private volatile boolean stopping;

    Dispatcher(
            MailQueue queue,
            Claiming claiming,
            SmtpConnections connections,
            SentMails sentMails,
            DeadClaims deadClaims,
            Lanes lanes,
            Node node,
            Settings settings,
            Workers workers,
            RightOfWay rightOfWay,
            Clock clock,
            @Qualifier("realTime") Clock realTime) {
        this.queue = queue;
        this.claiming = claiming;
        this.connections = connections;
        this.sentMails = sentMails;
        this.deadClaims = deadClaims;
        this.lanes = lanes;
        this.node = node;
        this.settings = settings;
        this.workers = workers;
        this.rightOfWay = rightOfWay;
        this.clock = clock;
        this.realTime = realTime;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int threads() {
        return Lanes.THREADS;
    }

    @Override
    public int runOnce() {
        if (stopping || settings.sendingStopped()) {
            return 0;
        }
        MailQueue.Rest rest = queue.rest();
        if (rest.held()) {
            queue.unhold();
            if (claiming.askHeld(HELD) > 0) {
                workers.wake(MailPlanner.NAME);
            }
        }
        List<MailQueue.Due> mailboxes = queue.mailboxesWithDue().stream()
                .sorted(Comparator.comparing(due -> lanes.usedBy(due.mailbox())))
                .toList();
        for (MailQueue.Due mailbox : mailboxes) {
            int handled = dispatch(mailbox);
            if (handled > 0) {
                return handled;
            }
        }
        connections.closeIdle();
        if (!rest.homeless()) {
            return 0;
        }
        int number = node.number();
        return send(claiming.claimHomeless(BATCH, number), number);
    }

    private int dispatch(MailQueue.Due due) {
        if (!lanes.enter(due.mailbox())) {
            return 0;
        }
        try {
            int number = node.number();
            return send(claiming.claim(due, BATCH, number), number);
        } finally {
            lanes.leave(due.mailbox());
        }
    }

    private int send(ClaimedBatch batch, int number) {
        send(batch.mails(), number);
        return batch.handled();
    }

    /** Hands over each claimed mail, or gives back those for which there is no mailbox or time left. */
    private void send(List<Composed> mails, int number) {
        Instant claimedAt = realTime.instant();
        Conversations so = new Conversations();
        boolean begun = false;
        for (int i = 0; i < mails.size(); i++) {
            Composed mail = mails.get(i);
            if (!begun) {
                rightOfWay.giveBriefly();
            }
            if (stopping || settings.sendingStopped() || realTime.instant().isAfter(claimedAt.plus(FRESH))) {
                so.over = TAKEN_BACK;
            }
            if (so.over != null || outOfTime(mail)) {
                sentMails.giveBack(mail.id(), so.over == null ? TAKEN_BACK : so.over, number);
            } else if (begun || sentMails.begin(mail.id(), number)) {
                SmtpOutcome outcome = connections.send(mail);
                // What has begun is not kept waiting: until its server has answered a crash would leave it uncertain.
                MailId next = i + 1 < mails.size() && !rightOfWay.isTaken()
                        ? mails.get(i + 1).id()
                        : null;
                begun = record(mail, outcome, next, number);
                afterwards(mail, outcome, so);
                continue;
            }
            begun = false;
        }
    }

    /** A slow server has used up what was left of its window or its day. */
    private boolean outOfTime(Composed mail) {
        Instant until = mail.queued().plannedUntil();
        return until != null && !clock.instant().isBefore(until);
    }

    /** How a batch goes on. */
    private static final class Conversations {

        /** Why the rest of the batch cannot be sent now; null where it can. */
        private String over;

        /** How many were broken off one after another. */
        private int brokenOff;
    }

    private void afterwards(Composed mail, SmtpOutcome outcome, Conversations so) {
        Mailbox mailbox = mail.mailbox();
        if (outcome instanceof SmtpOutcome.MailboxRefused refused) {
            log.warn("Mailbox {} is stopped: {}", mailbox.address(), refused.cause());
            so.over = refused.cause();
        } else if (outcome instanceof SmtpOutcome.Unreachable unreachable) {
            log.warn("Mailbox {} pauses: {}", mailbox.address(), unreachable.cause());
            so.over = unreachable.cause();
        } else if (outcome instanceof SmtpOutcome.Uncertain uncertain) {
            brokenOff(mailbox, uncertain.cause(), so);
        } else if (outcome instanceof SmtpOutcome.Later later && later.connectionLost()) {
            brokenOff(mailbox, later.cause(), so);
        } else {
            so.brokenOff = 0;
        }
        if (outcome instanceof SmtpOutcome.Sent) {
            lanes.works(mailbox.id());
        } else if (so.over != null || so.brokenOff > 0) {
            lanes.fails(mailbox.id());
        }
    }

    /** One mail may be at fault itself; two in a row are the server's. */
    private void brokenOff(Mailbox mailbox, String cause, Conversations so) {
        if (++so.brokenOff >= 2) {
            log.warn("Mailbox {} pauses: {}", mailbox.address(), cause);
            sentMails.rest(mailbox, cause);
            so.over = cause;
        }
    }

    /**
     * What was said to the server must not be forgotten because the database was busy for a moment.
     *
     * @return whether the next mail has begun
     */
    private boolean record(Composed mail, SmtpOutcome outcome, MailId next, int number) {
        for (int tries = 1; ; tries++) {
            try {
                if (outcome instanceof SmtpOutcome.Sent) {
                    return sentMails.sentAndBegin(mail, next, number);
                }
                sentMails.record(mail, outcome, number);
                return false;
            } catch (RuntimeException e) {
                if (tries == TRIES_TO_RECORD) {
                    log.error(
                            "Mail {} ended as {}, which could not be stored; it will be uncertain",
                            mail.id(),
                            outcome,
                            e);
                    return false;
                }
            }
        }
    }

    @Override
    public boolean hasWork() {
        return (!settings.sendingStopped() && queue.hasWork()) || deadClaims.anyClaimed();
    }

    @Override
    public Optional<Instant> nextDue() {
        return settings.sendingStopped() ? Optional.empty() : queue.nextDue();
    }

    /** Shutting down: nothing new is begun, what is claimed but not begun goes back. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        stopping = true;
    }
}
