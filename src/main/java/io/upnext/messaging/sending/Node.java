package io.upnext.messaging.sending;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * This process as others see it: a number, and an advisory lock that the database drops when the process dies. So
 * claims that a dead process left are found at once and without comparing clocks.
 */
@Component
public class Node implements DisposableBean {

    /** First half of the advisory lock's key; the second is the node's number. */
    static final int LOCK_CLASS = 0x75706e78;

    private static final Logger log = LoggerFactory.getLogger(Node.class);

    private final DataSource dataSource;
    private final int number = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    private Connection held;

    Node(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The number, after making sure that the lock is held. */
    public synchronized int number() {
        try {
            if (held == null || !held.isValid(5)) {
                closeQuietly();
                held = dataSource.getConnection();
                held.setAutoCommit(true);
                try (PreparedStatement lock = held.prepareStatement("select pg_advisory_lock(?, ?)")) {
                    lock.setInt(1, LOCK_CLASS);
                    lock.setInt(2, number);
                    lock.execute();
                }
            }
            return number;
        } catch (SQLException e) {
            closeQuietly();
            throw new IllegalStateException("This process cannot register with the database.", e);
        }
    }

    private void closeQuietly() {
        if (held == null) {
            return;
        }
        try (Connection closing = held;
                PreparedStatement unlock = closing.prepareStatement("select pg_advisory_unlock_all()")) {
            unlock.execute();
        } catch (SQLException e) {
            log.debug("The connection that registered this process was already gone", e);
        }
        held = null;
    }

    @Override
    public synchronized void destroy() {
        closeQuietly();
    }
}
