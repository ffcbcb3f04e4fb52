package io.upnext.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs the {@link Worker}s of this node, each on its own threads; {@code upnext.workers.enabled=false} leaves them to
 * {@link #drain}.
 */
@Component
public class Workers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ObjectProvider<Worker> workers;
    private final RightOfWay rightOfWay;
    private final boolean enabled;
    private final Map<String, Bell> bells = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> handled = new ConcurrentHashMap<>();
    private final PerTransaction<Set<String>> woken = new PerTransaction<>(HashSet::new);
    private final Set<String> urgent = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    Workers(
            ObjectProvider<Worker> workers,
            RightOfWay rightOfWay,
            @Value("${upnext.workers.enabled:true}") boolean enabled) {
        this.workers = workers;
        this.rightOfWay = rightOfWay;
        this.enabled = enabled;
    }

    /** Lets a worker look for work at once, after the current transaction has committed (or now, outside of one). */
    public void wake(String worker) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            ring(worker);
        } else if (woken.get().add(worker)) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    ring(worker);
                }
            });
        }
    }

    /** Runs every worker in the caller's thread until none has anything due; for tests and the demo clock. */
    public void drain() {
        List<Worker> all = workers.stream().toList();
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Worker worker : all) {
                while (worker.runOnce() > 0) {
                    busy = true;
                }
            }
        }
    }

    /** Does any worker have something due or half-done, on any node? */
    public boolean anyWork() {
        return workers.stream().anyMatch(Worker::hasWork);
    }

    /**
     * The workers that have something due or half-done, on any node, each with a text that changes as its work goes on.
     * In a transaction that sees one moment of the database ({@code repeatable read}) nothing that is just handed from
     * one worker to another is missed.
     */
    public Map<String, String> busy() {
        Map<String, String> busy = new TreeMap<>();
        workers.stream().filter(Worker::hasWork).forEach(worker -> busy.put(worker.name(), progress(worker)));
        return busy;
    }

    private String progress(Worker worker) {
        return handled(worker.name()).sum() + "/" + worker.progress();
    }

    private LongAdder handled(String worker) {
        return handled.computeIfAbsent(worker, name -> new LongAdder());
    }

    /** As {@link #wake}, all of them. */
    public void wakeAll() {
        workers.forEach(worker -> wake(worker.name()));
    }

    /** When the next thing that waits for a time later than {@code now} becomes due, over all workers. */
    public Optional<Instant> nextDue(Instant now) {
        return workers.stream()
                .flatMap(worker -> worker.nextDue().stream())
                .filter(due -> due.isAfter(now))
                .min(Instant::compareTo);
    }

    @Override
    public void start() {
        running = true;
        if (enabled) {
            workers.forEach(this::startThreads);
        }
    }

    private void startThreads(Worker worker) {
        if (worker.urgent()) {
            urgent.add(worker.name());
        }
        for (int i = 1; i <= worker.threads(); i++) {
            Thread thread = new Thread(() -> loop(worker), "worker-" + worker.name() + "-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    private void loop(Worker worker) {
        Duration pause = worker.pause();
        boolean rung = false;
        while (running) {
            try {
                int done = runOnce(worker);
                pause = worker.pause();
                if (done > 0) {
                    handled(worker.name()).add(done);
                    wakeAnother(worker);
                    continue;
                }
            } catch (RuntimeException e) {
                // The rows are as they were; a database that is away for a while must not end the worker.
                log.warn("Worker {} failed and goes on in {}: {}", worker.name(), pause, e.toString(), e);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
            if (rung && urgent.contains(worker.name())) {
                rightOfWay.leave();
            }
            rung = bell(worker.name()).await(pause);
        }
    }

    private int runOnce(Worker worker) {
        if (!worker.urgent()) {
            rightOfWay.give();
        }
        return worker.runOnce();
    }

    private void wakeAnother(Worker worker) {
        if (worker.threads() > 1) {
            ring(worker.name());
        }
    }

    /** One thread is enough to look; several rings before it does are one. */
    private void ring(String worker) {
        if (!urgent.contains(worker)) {
            bell(worker).ring();
            return;
        }
        rightOfWay.enter(); // Until the thread that hears it has nothing more to do
        if (!bell(worker).ring()) {
            rightOfWay.leave();
        }
    }

    private Bell bell(String worker) {
        return bells.computeIfAbsent(worker, name -> new Bell());
    }

    /** Lets every worker finish its batch before the database goes away. */
    @Override
    public void stop() {
        running = false;
        bells.values().forEach(Bell::end);
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
        bells.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts after everything else and stops before it. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
