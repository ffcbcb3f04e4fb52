package io.upnext.messaging.receiving;

import io.upnext.messaging.mailbox.MailTimeouts;
import io.upnext.shared.MailboxId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Mailboxes whose server says by itself when something arrives (IMAP IDLE, RFC 2177), each with a connection and a thread
 * of its own; so there is a bound to them, and what exceeds it is polled. A server that hangs holds up nobody else.
 */
@Component
public class Listeners implements DisposableBean {

    private static final Duration KEEP = Duration.ofMinutes(1);

    private final Listening listening;
    private final Cursors cursors;
    private final MailTimeouts timeouts;
    private final Clock realTime;
    private final int most;
    private final Map<MailboxId, Listener> running = new ConcurrentHashMap<>();
    private final Set<MailboxId> silent = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Instant> kept = new AtomicReference<>(Instant.EPOCH);
    private final ExecutorService threads = Executors.newCachedThreadPool(Listeners::thread);
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(Listeners::thread);

    Listeners(
            Listening listening,
            Cursors cursors,
            MailTimeouts timeouts,
            @Qualifier("realTime") Clock realTime,
            @Value("${upnext.mail.listeners:50}") int most) {
        this.listening = listening;
        this.cursors = cursors;
        this.timeouts = timeouts;
        this.realTime = realTime;
        this.most = most;
        Duration pause = renewAfter();
        renewal.scheduleWithFixedDelay(this::renew, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "mail-listen");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Long before the 29 minutes of RFC 2177, and before the connection's own time-out takes the silence for a server that
     * is gone: each renewal is also a proof that it is not.
     */
    private Duration renewAfter() {
        return timeouts.answer().multipliedBy(2).dividedBy(5);
    }

    /**
     * Listens from now on, in a thread of its own.
     *
     * @return false where there are too many already, or the server cannot say it by itself
     */
    public boolean listen(MailboxId mailbox) {
        if (running.containsKey(mailbox)) {
            return true;
        }
        if (running.size() >= most || silent.contains(mailbox)) {
            return false;
        }
        Listener listener = new Listener();
        if (running.putIfAbsent(mailbox, listener) == null) {
            threads.execute(() -> run(mailbox, listener));
        }
        return true;
    }

    private void run(MailboxId mailbox, Listener listener) {
        try {
            if (!listening.run(mailbox, listener)) {
                silent.add(mailbox);
            }
        } finally {
            running.remove(mailbox, listener);
        }
    }

    /** Is somebody listening, connected and past the first reading? */
    public boolean isListening(MailboxId mailbox) {
        Listener listener = running.get(mailbox);
        return listener != null && listener.isIdle();
    }

    /** Returns when the connection has been told to close. */
    public void stop(MailboxId mailbox) {
        Listener listener = running.get(mailbox);
        if (listener != null) {
            listener.stop();
        }
    }

    /** Other nodes leave alone what is listened to here; a node that has died is followed by another in minutes. */
    void keep() {
        Instant now = realTime.instant();
        Instant last = kept.get();
        if (!running.isEmpty() && last.plus(KEEP).isBefore(now) && kept.compareAndSet(last, now)) {
            cursors.keep(connected());
        }
    }

    /** Not those that still wait for their server: what fails there has to count. */
    private List<MailboxId> connected() {
        return running.entrySet().stream()
                .filter(entry -> entry.getValue().isConnected())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void renew() {
        running.values().forEach(listener -> threads.execute(listener::renew));
    }

    @Override
    public void destroy() {
        renewal.shutdownNow();
        running.values().forEach(listener -> threads.execute(listener::stop));
        threads.shutdown();
    }
}
