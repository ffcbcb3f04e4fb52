package io.upnext.messaging.receiving;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.mailbox.ConnectionCause;
import io.upnext.operation.Worker;
import io.upnext.operation.Workers;
import io.upnext.shared.MailboxId;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Looks into every mailbox in turn that nobody listens to: it gets a listener of its own as long as there are any left
 * ({@link Listeners}). Several threads and pauses that grow for mailboxes that cannot be reached keep a broken one from
 * delaying the others.
 */
@Component
public class Poller implements Worker {

    private static final Logger log = LoggerFactory.getLogger(Poller.class);
    private static final int THREADS = 4;

    /** So many threads at most are at mailboxes whose last try failed: servers that hang leave the others some. */
    private static final int AT_FAILING = THREADS / 2;

    private final Mailboxes mailboxes;
    private final Cursors cursors;
    private final ImapReader reader;
    private final Listeners listeners;
    private final Workers workers;
    private final boolean enabled;
    private final Semaphore atFailing = new Semaphore(AT_FAILING);

    Poller(
            Mailboxes mailboxes,
            Cursors cursors,
            ImapReader reader,
            Listeners listeners,
            Workers workers,
            @Value("${upnext.mail.polling:true}") boolean enabled) {
        this.mailboxes = mailboxes;
        this.cursors = cursors;
        this.reader = reader;
        this.listeners = listeners;
        this.workers = workers;
        this.enabled = enabled;
    }

    @Override
    public String name() {
        return "mail-receive";
    }

    @Override
    public int threads() {
        return THREADS;
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(2);
    }

    /** Counts mailboxes that had something, so that an empty round ends. */
    @Override
    public int runOnce() {
        if (!enabled) {
            return 0;
        }
        listeners.keep();
        boolean failingToo = atFailing.tryAcquire();
        try {
            Optional<Cursors.Turn> turn = cursors.take(failingToo);
            if (failingToo && turn.filter(Cursors.Turn::failing).isEmpty()) {
                failingToo = false;
                atFailing.release();
            }
            turn.map(Cursors.Turn::mailbox).filter(id -> !listeners.listen(id)).ifPresent(this::fetch);
            return turn.isPresent() ? 1 : 0;
        } finally {
            if (failingToo) {
                atFailing.release();
            }
        }
    }

    /**
     * Reads one mailbox now; a failure is noted and reported nowhere else.
     *
     * @return how many new messages were stored
     */
    public int fetch(MailboxId id) {
        Mailbox mailbox =
                mailboxes.find(id).filter(found -> found.imap() != null).orElse(null);
        if (mailbox == null) {
            return 0;
        }
        try {
            int stored = 0;
            ImapReader.Reading reading;
            do {
                reading = reader.read(mailbox);
                stored += reading.stored();
                workers.wake(InboundApplier.NAME);
            } while (reading.more());
            cursors.done(id, false);
            return stored;
        } catch (MessagingException | IOException | RuntimeException e) {
            String cause = ConnectionCause.sentence(mailbox.imap(), e);
            log.warn("Mailbox {} cannot be read and is left alone for a while: {}", mailbox.address(), cause);
            cursors.failed(id, cause);
            return 0;
        }
    }

    /** What waits in a mailbox is not known before it is looked into. */
    @Override
    public boolean hasWork() {
        return false;
    }
}
