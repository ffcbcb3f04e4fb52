package io.upnext.messaging.sending;

import io.upnext.shared.MailboxId;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How many threads of this process may use one mailbox at a time, and how many those together whose server has not
 * proved that it works: servers that hang, however many, cannot take all threads from the others.
 */
@Component
class Lanes {

    /** Enough for all of the following at once, and for those that work besides. */
    static final int THREADS = 16;

    private static final int OF_ONE = 4;
    private static final int UNTRIED = 8;
    private static final int FAILING = 4;

    private enum Trust {
        PROVED,
        UNTRIED,
        FAILING
    }

    private final Map<MailboxId, Integer> used = new HashMap<>();
    private final Map<MailboxId, Trust> trust = new HashMap<>();

    synchronized boolean enter(MailboxId mailbox) {
        int now = used.getOrDefault(mailbox, 0);
        boolean free =
                switch (trust(mailbox)) {
                    case PROVED -> now < OF_ONE;
                    case UNTRIED -> now == 0 && busy(Trust.UNTRIED) < UNTRIED;
                    case FAILING -> now == 0 && busy(Trust.FAILING) < FAILING;
                };
        if (free) {
            used.put(mailbox, now + 1);
        }
        return free;
    }

    private long busy(Trust which) {
        return used.keySet().stream().filter(mailbox -> trust(mailbox) == which).count();
    }

    private Trust trust(MailboxId mailbox) {
        return trust.getOrDefault(mailbox, Trust.UNTRIED);
    }

    synchronized void leave(MailboxId mailbox) {
        used.merge(mailbox, -1, Integer::sum);
        used.remove(mailbox, 0);
    }

    synchronized int usedBy(MailboxId mailbox) {
        return used.getOrDefault(mailbox, 0);
    }

    synchronized void works(MailboxId mailbox) {
        trust.put(mailbox, Trust.PROVED);
    }

    synchronized void fails(MailboxId mailbox) {
        trust.put(mailbox, Trust.FAILING);
    }
}
