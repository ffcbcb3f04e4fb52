package io.upnext.demo;

import io.upnext.security.BaseUrl;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the demo complete before it answers: users and samples at the first start, mailboxes at every one. Each part
 * and the mark that it is done are one transaction, so that a first start that was killed is completed by the next.
 */
@Component("demo")
@Profile(DemoByDefault.PROFILE)
class DemoStart implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(DemoStart.class);

    private final DemoTables tables;
    private final DemoUsers users;
    private final SampleData samples;
    private final FastForward fastForward;
    private final BaseUrl baseUrl;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private volatile boolean running;
    private volatile boolean ready;

    DemoStart(
            DemoTables tables,
            DemoUsers users,
            SampleData samples,
            FastForward fastForward,
            BaseUrl baseUrl,
            Clock clock,
            TransactionTemplate transaction) {
        this.tables = tables;
        this.users = users;
        this.samples = samples;
        this.fastForward = fastForward;
        this.baseUrl = baseUrl;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Before the web server and the workers start. */
    @Override
    public void start() {
        fastForward.resume();
        once("users", users::create);
        users.openMailboxes();
        once("samples", samples::create);
        running = true;
    }

    private void once(String part, Runnable work) {
        transaction.executeWithoutResult(status -> {
            if (!tables.isDone(part)) {
                work.run();
                tables.markDone(part, clock.instant());
            }
        });
    }

    /** The engine may begin its jobs after this event only, so nobody must be kept waiting for them. */
    @EventListener(ApplicationReadyEvent.class)
    public void started() {
        new Thread(this::finish, "demo-start").start();
    }

    /** What was connected runs to its first steps, and what was interrupted is done. */
    private void finish() {
        var stuck = fastForward.settle();
        if (!stuck.isEmpty()) {
            log.warn("These workers do not get on with their work: {}", stuck);
        }
        ready = true;
        log.info("""

                Upnext, the demo, is ready: {}
                Log in as admin, manager, seller or seller2; the password is the user name.
                The bar at the foot of each page moves the clock; caught mail: {}
                """, baseUrl.base(), baseUrl.link("/demo/mails"));
    }

    @Override
    public Health health() {
        return ready ? Health.up().build() : Health.outOfService().build();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
