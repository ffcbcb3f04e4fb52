package io.upnext.messaging.sending;

import io.upnext.messaging.Times;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds claims of processes that died, and claims that grew too old: nobody knows whether the other side got what was
 * claimed, so it is uncertain. A process is dead when its advisory lock ({@link Node}) is free.
 */
@Component
public class DeadNodes {

    public static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(DeadNodes.class);
    private static final Duration LEASE = Duration.ofMinutes(15);

    /** The tables whose rows are claimed before they leave. */
    public enum Claims {
        MAIL("mail"),
        TEXT("text_message");

        private final String table;

        Claims(String table) {
            this.table = table;
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock realTime;

    DeadNodes(JdbcClient jdbc, TransactionTemplate transaction, @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.realTime = realTime;
    }

    /**
     * Makes such claims uncertain.
     *
     * @param uncertain is told the id of each, in the transaction that changes it
     * @return how many there were
     */
    public int recover(Claims claims, String cause, Consumer<UUID> uncertain) {
        int found = 0;
        for (Integer node : claimingNodes(claims)) {
            Integer ended = transaction.execute(status -> recover(claims, node, cause, uncertain));
            found += ended == null ? 0 : ended;
        }
        return found;
    }

    private List<Integer> claimingNodes(Claims claims) {
        return jdbc.sql("select distinct claimed_by from " + claims.table + " where state = 'CLAIMED'")
                .query(Integer.class)
                .list();
    }

    private int recover(Claims claims, int node, String cause, Consumer<UUID> uncertain) {
        // The lock is of this transaction: it only proves that its owner is gone.
        boolean dead = jdbc.sql("select pg_try_advisory_xact_lock(?, ?)")
                .params(Node.LOCK_CLASS, node)
                .query(Boolean.class)
                .single();
        String which = dead ? "" : " and claimed_at < :old";
        List<UUID> ended = jdbc.sql("update " + claims.table + " set state = 'UNCERTAIN', error = :cause where id in"
                        + " (select id from " + claims.table + " where state = 'CLAIMED' and claimed_by = :node" + which
                        + " for update skip locked) returning id")
                .param("cause", cause)
                .param("node", node)
                .param("old", Times.sql(realTime.instant().minus(LEASE)))
                .query(UUID.class)
                .list();
        ended.forEach(uncertain);
        if (!ended.isEmpty()) {
            log.warn("{} rows of {} are uncertain: the process that sent them is gone", ended.size(), claims.table);
        }
        return ended.size();
    }

    public boolean anyClaimed(Claims claims) {
        return jdbc.sql("select exists (select 1 from " + claims.table + " where state = 'CLAIMED')")
                .query(Boolean.class)
                .single();
    }
}
