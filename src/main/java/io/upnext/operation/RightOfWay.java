package io.upnext.operation;

import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Lets what somebody waits for (a reply that ends an enrollment) go before what can wait a moment (thousands of mails): on
 * a machine whose processors are all busy each of its many short steps would else queue behind theirs. Whoever does much
 * {@link #give gives way} between two units of work; an {@link Worker#urgent urgent} worker has it from the moment it is
 * woken until it finds nothing more to do. Who talks to a server never has it: one that hangs would slow down all others.
 */
@Component
public class RightOfWay {

    /**
     * So long at most, in proportion to the work that is put off: so that much that is urgent, or something urgent that
     * hangs, slows the others down and no more.
     */
    private static final long BEFORE_MUCH = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long BEFORE_LITTLE = TimeUnit.MILLISECONDS.toNanos(20);

    private int ahead;

    synchronized void enter() {
        ahead++;
    }

    synchronized void leave() {
        if (--ahead == 0) {
            notifyAll();
        }
    }

    public synchronized boolean isTaken() {
        return ahead > 0;
    }

    /** Waits while somebody has the right of way, before a batch. To be called where no lock is held. */
    public void give() {
        give(BEFORE_MUCH);
    }

    /** As {@link #give}, before one of many small units of work. */
    public void giveBriefly() {
        give(BEFORE_LITTLE);
    }

    private synchronized void give(long nanos) {
        long end = System.nanoTime() + nanos;
        try {
            for (long left = nanos; ahead > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
