package io.upnext.messaging.sending;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Times;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.operation.Worker;
import io.upnext.shared.MailId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Claims of processes that died, and claims that grew too old: nobody knows whether the server got the mail, so it is
 * uncertain and never sent again by itself. A process is dead when its advisory lock ({@link Node}) is free.
 */
@Component
class DeadClaims implements Worker {

    private static final Logger log = LoggerFactory.getLogger(DeadClaims.class);
    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final String CAUSE =
            "The product stopped while it sent this mail; whether the server got it is not known.";

    private final JdbcClient jdbc;
    private final MailEvents events;
    private final TransactionTemplate transaction;
    private final Clock realTime;

    DeadClaims(
            JdbcClient jdbc,
            MailEvents events,
            TransactionTemplate transaction,
            @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.events = events;
        this.transaction = transaction;
        this.realTime = realTime;
    }

    @Override
    public String name() {
        return "mail-dead-claims";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public int runOnce() {
        int found = 0;
        for (Integer node : claimingNodes()) {
            Integer ended = transaction.execute(status -> recover(node));
            found += ended == null ? 0 : ended;
        }
        return found;
    }

    private List<Integer> claimingNodes() {
        return jdbc.sql("select distinct claimed_by from mail where state = 'CLAIMED'")
                .query(Integer.class)
                .list();
    }

    private int recover(int node) {
        // The lock is of this transaction: it only proves that its owner is gone.
        boolean dead = jdbc.sql("select pg_try_advisory_xact_lock(?, ?)")
                .params(Node.LOCK_CLASS, node)
                .query(Boolean.class)
                .single();
        String which = dead ? "" : " and claimed_at < :old";
        List<MailId> ended = jdbc.sql("update mail set state = 'UNCERTAIN', error = :cause where id in"
                        + " (select id from mail where state = 'CLAIMED' and claimed_by = :node" + which
                        + " for update skip locked) returning id")
                .param("cause", CAUSE)
                .param("node", node)
                .param("old", Times.sql(realTime.instant().minus(LEASE)))
                .query((row, number) -> new MailId(row.getObject(1, UUID.class)))
                .list();
        ended.forEach(
                mail -> events.add(Happened.to(mail, MailEvent.Kind.UNCERTAIN).detail(CAUSE)));
        if (!ended.isEmpty()) {
            log.warn("{} mails are uncertain: the process that sent them is gone", ended.size());
        }
        return ended.size();
    }

    boolean anyClaimed() {
        return jdbc.sql("select exists (select 1 from mail where state = 'CLAIMED')")
                .query(Boolean.class)
                .single();
    }

    /** Counted by the dispatcher. */
    @Override
    public boolean hasWork() {
        return false;
    }
}
