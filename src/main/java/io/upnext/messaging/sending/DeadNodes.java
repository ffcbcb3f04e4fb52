package io.upnext.messaging.sending;

import io.upnext.messaging.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
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
 * Finds claims of processes that died, and claims that grew too old. Of what had begun nobody knows whether the other
 * side got it, so it is uncertain; the rest goes back into the queue. A process is dead when its advisory lock ({@link Node}) is free.
 */
@Component
public class DeadNodes {

    public static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(DeadNodes.class);
    private static final Duration LEASE = Duration.ofMinutes(15);

    /** The tables whose rows are claimed before they leave. */
    public enum Claims {
        MAIL("mail", "begun"),
        TEXT("text_message", "true");

        private final String table;
        private final String begun;

        /** @param begun the condition under which the other side may have heard of a row */
        Claims(String table, String begun) {
            this.table = table;
            this.begun = begun;
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
     * Makes such claims uncertain, or takes them back.
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
        String old = dead ? "" : " and claimed_at < :old";
        return giveBack(claims, node, old) + uncertain(claims, node, old, cause, uncertain);
    }

    /** Whoever wants to begin one has to find the claim still its own, so a process only taken for dead sends none. */
    private int giveBack(Claims claims, int node, String old) {
        return jdbc.sql("update " + claims.table + " set state = 'QUEUED', claimed_by = null, claimed_at = null,"
                        + " attempts = greatest(attempts - 1, 0) where "
                        + which(claims, old, "not (" + claims.begun + ")"))
                .param("node", node)
                .param("old", old())
                .update();
    }

    private int uncertain(Claims claims, int node, String old, String cause, Consumer<UUID> uncertain) {
        List<UUID> ended = jdbc.sql("update " + claims.table + " set state = 'UNCERTAIN', error = :cause where "
                        + which(claims, old, claims.begun) + " returning id")
                .param("cause", cause)
                .param("node", node)
                .param("old", old())
                .query(UUID.class)
                .list();
        ended.forEach(uncertain);
        if (!ended.isEmpty()) {
            log.warn("{} rows of {} are uncertain: the process that sent them is gone", ended.size(), claims.table);
        }
        return ended.size();
    }

    private static String which(Claims claims, String old, String condition) {
        return "id in (select id from " + claims.table + " where state = 'CLAIMED' and claimed_by = :node" + old
                + " and " + condition + " for update skip locked)";
    }

    private OffsetDateTime old() {
        return Times.sql(realTime.instant().minus(LEASE));
    }

    public boolean anyClaimed(Claims claims) {
        return jdbc.sql("select exists (select 1 from " + claims.table + " where state = 'CLAIMED')")
                .query(Boolean.class)
                .single();
    }
}
