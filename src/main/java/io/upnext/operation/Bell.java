package io.upnext.operation;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the threads of one worker wait for when they have nothing to do. One of them, the lookout, looks again unasked
 * after a pause; when it goes another takes its place, so that there is one however long the others are busy.
 */
final class Bell {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean rung;
    private boolean ended;
    private Thread lookout;

    /**
     * Lets one thread look at once; several rings before it does are one.
     *
     * @return false where it had been rung and nobody has come yet
     */
    boolean ring() {
        lock.lock();
        try {
            if (rung) {
                return false;
            }
            rung = true;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** From now on nobody waits. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether it was rung; false where the pause of the lookout is over */
    boolean await(Duration pause) {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!rung && !ended && left > 0) {
                if (lookout == null) {
                    lookout = Thread.currentThread();
                }
                if (lookout == Thread.currentThread()) {
                    left = changed.awaitNanos(left);
                } else {
                    changed.await();
                }
            }
            boolean heard = rung;
            rung = false;
            return heard;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            relieve();
            lock.unlock();
        }
    }

    /** How many threads wait; for tests. */
    int waiting() {
        lock.lock();
        try {
            return lock.getWaitQueueLength(changed);
        } finally {
            lock.unlock();
        }
    }

    private void relieve() {
        if (lookout == Thread.currentThread()) {
            lookout = null;
            changed.signal();
        }
    }
}
