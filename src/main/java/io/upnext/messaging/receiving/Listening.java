package io.upnext.messaging.receiving;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.mailbox.ConnectionCause;
import io.upnext.operation.Workers;
import io.upnext.shared.MailboxId;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.IOException;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads a mailbox and then waits until its server says that there is more, over one connection for as long as it lasts.
 * After a failure the mailbox is left alone for a growing pause ({@link Cursors#failed}), as one that is polled.
 */
@Component
class Listening {

    private static final Logger log = LoggerFactory.getLogger(Listening.class);

    private final Mailboxes mailboxes;
    private final ImapReader reader;
    private final Cursors cursors;
    private final Workers workers;

    Listening(Mailboxes mailboxes, ImapReader reader, Cursors cursors, Workers workers) {
        this.mailboxes = mailboxes;
        this.reader = reader;
        this.cursors = cursors;
        this.workers = workers;
    }

    /** @return false where the server does not know IDLE, so that the mailbox has to be polled */
    boolean run(MailboxId id, Listener listener) {
        Mailbox mailbox =
                mailboxes.find(id).filter(found -> found.imap() != null).orElse(null);
        if (mailbox == null) {
            return true;
        }
        Store store = null;
        try {
            store = reader.open(mailbox);
            listener.connected(store);
            return listen(mailbox, (IMAPStore) store, listener);
        } catch (MessagingException | IOException | RuntimeException e) {
            if (!listener.isStopped()) {
                String cause = ConnectionCause.sentence(mailbox.imap(), e);
                log.warn("Mailbox {} is not listened to for a while: {}", mailbox.address(), cause);
                cursors.failed(id, cause);
            }
            return true;
        } finally {
            if (store != null) {
                ImapReader.closeQuietly(store);
            }
        }
    }

    private boolean listen(Mailbox mailbox, IMAPStore store, Listener listener) throws MessagingException, IOException {
        try (Folder folder = store.getFolder("INBOX")) {
            folder.open(Folder.READ_ONLY);
            IMAPFolder inbox = (IMAPFolder) folder;
            readAll(mailbox, inbox);
            if (!store.hasCapability("IDLE")) {
                cursors.done(mailbox.id(), false);
                return false;
            }
            while (!listener.isStopped() && isUnchanged(mailbox)) {
                listener.idle(inbox);
                readAll(mailbox, inbox);
            }
            cursors.done(mailbox.id(), true);
            return true;
        }
    }

    /** What arrives while the last of it is read is announced before IDLE begins, not after: so it is counted again. */
    private void readAll(Mailbox mailbox, IMAPFolder inbox) throws MessagingException, IOException {
        int count;
        do {
            count = inbox.getMessageCount();
            ImapReader.Reading reading;
            do {
                reading = reader.read(mailbox, inbox);
                if (reading.stored() > 0) {
                    workers.wake(InboundApplier.NAME);
                }
            } while (reading.more());
        } while (inbox.getMessageCount() > count);
    }

    /** Somebody may have changed the server, the password or the whole mailbox meanwhile. */
    private boolean isUnchanged(Mailbox mailbox) {
        return mailboxes
                .find(mailbox.id())
                .filter(now -> mailbox.imap().equals(now.imap()))
                .isPresent();
    }
}
