package io.upnext.messaging;

import io.upnext.messaging.receiving.Poller;
import io.upnext.shared.MailboxId;
import org.springframework.stereotype.Component;

/** Reads mailboxes at once; otherwise they are read every few seconds. */
@Component
public class Receiving {

    private final Mailboxes mailboxes;
    private final Poller poller;

    Receiving(Mailboxes mailboxes, Poller poller) {
        this.mailboxes = mailboxes;
        this.poller = poller;
    }

    /**
     * Fetches everything new from every mailbox in the caller's thread and stores it; the worker {@code mail-inbound}
     * applies it. A mailbox that cannot be read is passed over.
     *
     * @return how many messages were new
     */
    public int fetchNow() {
        return mailboxes.receiving().stream().mapToInt(poller::fetch).sum();
    }

    /** As {@link #fetchNow()}, one mailbox. */
    public int fetchNow(MailboxId mailbox) {
        return poller.fetch(mailbox);
    }
}
