package io.upnext.demo;

import io.upnext.engine.EngineClock;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.Receiving;
import io.upnext.operation.Workers;
import io.upnext.shared.ConflictException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves the demo's time from due time to due time, each time waiting until nothing is in flight: no job, no claimed or
 * queued mail that is due, no received mail that is not applied.
 */
@Component
@Profile(DemoByDefault.PROFILE)
public class FastForward {

    /** Due times that lie closer together are one step. */
    private static final Duration STEP = Duration.ofSeconds(1);

    /** How long, in real time, a worker with work may stand still before nobody waits for it any more. */
    private static final Duration STANDSTILL = Duration.ofSeconds(30);

    private static final Duration SHORTEST_LOOK = Duration.ofMillis(5);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(100);

    private final DemoClock clock;
    private final DemoMailServer mailServer;
    private final EngineClock engine;
    private final Receiving receiving;
    private final Mailboxes mailboxes;
    private final Workers workers;
    private final TransactionTemplate oneMoment;
    private final ReentrantLock running = new ReentrantLock();
    private volatile Progress progress;

    FastForward(
            DemoClock clock,
            DemoMailServer mailServer,
            EngineClock engine,
            Receiving receiving,
            Mailboxes mailboxes,
            Workers workers,
            PlatformTransactionManager transactions) {
        this.clock = clock;
        this.mailServer = mailServer;
        this.engine = engine;
        this.receiving = receiving;
        this.mailboxes = mailboxes;
        this.workers = workers;
        this.oneMoment = new TransactionTemplate(transactions);
        oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        oneMoment.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** A fast-forward that runs. */
    public record Progress(Instant from, Instant to, int steps) {}

    /**
     * @param steps how often the clock was moved
     * @param stuck workers whose work did not move and were not waited for
     */
    public record Outcome(Instant now, int steps, Set<String> stuck) {}

    public Instant now() {
        return clock.instant();
    }

    /** How far the running fast-forward is, if one runs. */
    public Optional<Progress> progress() {
        return Optional.ofNullable(progress);
    }

    /**
     * Returns when everything has run that was due until then.
     *
     * @throws ConflictException where another one runs
     */
    public Outcome advance(Duration by) {
        if (!running.tryLock()) {
            throw new ConflictException("The clock is already being moved; wait until that is done.");
        }
        try {
            return advanceTo(clock.instant().plus(by));
        } finally {
            progress = null;
            running.unlock();
        }
    }

    private Outcome advanceTo(Instant target) {
        Instant from = clock.instant();
        Set<String> stuck = new TreeSet<>();
        int steps = 0;
        settle(stuck);
        for (Instant now = clock.instant(); now.isBefore(target); now = clock.instant()) {
            Instant next = workers.nextDue(now)
                    .map(due -> due.plus(STEP))
                    .filter(due -> due.isBefore(target))
                    .orElse(target);
            moveTo(next);
            progress = new Progress(from, target, ++steps);
            settle(stuck);
        }
        return new Outcome(clock.instant(), steps, stuck);
    }

    private void moveTo(Instant time) {
        clock.moveTo(time);
        engine.offset(clock.ahead());
        workers.wakeAll();
    }

    /** At the start: the engine's clock goes on where it was. */
    void resume() {
        engine.offset(clock.ahead());
    }

    /** Waits until nothing is in flight. @return workers whose work does not move */
    public Set<String> settle() {
        Set<String> stuck = new TreeSet<>();
        settle(stuck);
        return stuck;
    }

    private void settle(Set<String> stuck) {
        Map<String, String> before = Map.of();
        long movedAt = System.nanoTime();
        Duration look = SHORTEST_LOOK;
        while (true) {
            Map<String, String> busy = busy(stuck);
            if (busy.isEmpty() && !fetchArrived()) {
                return;
            }
            if (!busy.equals(before)) {
                before = busy;
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > STANDSTILL.toNanos()) {
                stuck.addAll(busy.keySet());
            }
            wake(busy.keySet());
            LockSupport.parkNanos(look.toNanos());
            look = look.multipliedBy(2).compareTo(LONGEST_LOOK) < 0 ? look.multipliedBy(2) : LONGEST_LOOK;
        }
    }

    private void wake(Set<String> busy) {
        busy.forEach(workers::wake);
        if (busy.contains("engine")) {
            engine.wakeJobs();
        }
    }

    /** One snapshot of the database: what passes from one worker to another is seen at either, never at neither. */
    private Map<String, String> busy(Set<String> stuck) {
        Map<String, String> busy = oneMoment.execute(status -> workers.busy());
        busy.keySet().removeAll(stuck);
        return busy;
    }

    /** Reads the mailboxes where something has arrived since the last time. */
    private boolean fetchArrived() {
        Set<String> arrived = new TreeSet<>();
        for (var next = mailServer.nextArrival(); next.isPresent(); next = mailServer.nextArrival()) {
            arrived.add(next.get());
        }
        arrived.forEach(address -> mailboxes.at(address).map(Mailbox::id).ifPresent(receiving::fetchNow));
        return !arrived.isEmpty();
    }
}
