package io.upnext.messaging.receiving;

import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** The open connection of one mailbox that is listened to, as other threads may touch it. */
final class Listener {

    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile Store store;
    private volatile IMAPFolder inbox;
    private volatile boolean idle;
    private volatile boolean stopped;

    void connected(Store connection) {
        store = connection;
        if (stopped) {
            ImapReader.closeQuietly(connection);
        }
    }

    /** Logged in at the server. */
    boolean isConnected() {
        return store != null;
    }

    /** Blocks until something changes in the folder, or somebody renews. */
    void idle(IMAPFolder folder) throws MessagingException {
        inbox = folder;
        idle = true;
        try {
            folder.idle(true);
        } finally {
            idle = false;
        }
    }

    boolean isIdle() {
        return idle;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Any other command ends IDLE; its answer shows that the server is still there. */
    void renew() {
        IMAPFolder folder = inbox;
        if (!idle || folder == null || !renewing.compareAndSet(false, true)) {
            return;
        }
        try {
            folder.doCommand(protocol -> {
                protocol.noop();
                return null;
            });
        } catch (MessagingException | RuntimeException gone) {
            // The listening thread notices as well and connects again.
        } finally {
            renewing.set(false);
        }
    }

    void stop() {
        stopped = true;
        Store open = store;
        if (open != null) {
            ImapReader.closeQuietly(open);
        }
    }
}
