package io.upnext.messaging.sending;

import io.upnext.shared.MailboxId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * How many threads of this process may use one mailbox at a time. One whose server has not just proved that it works
 * gets a single thread, so that servers that hang cannot take all threads from the others.
 */
@Component
class Lanes {

    private static final int WORKING = 4;

    private final Map<MailboxId, Integer> used = new HashMap<>();
    private final Set<MailboxId> proved = new HashSet<>();

    synchronized boolean enter(MailboxId mailbox) {
        int now = used.getOrDefault(mailbox, 0);
        if (now >= (proved.contains(mailbox) ? WORKING : 1)) {
            return false;
        }
        used.put(mailbox, now + 1);
        return true;
    }

    synchronized void leave(MailboxId mailbox) {
        used.merge(mailbox, -1, Integer::sum);
        used.remove(mailbox, 0);
    }

    synchronized int usedBy(MailboxId mailbox) {
        return used.getOrDefault(mailbox, 0);
    }

    synchronized void works(MailboxId mailbox) {
        proved.add(mailbox);
    }

    synchronized void fails(MailboxId mailbox) {
        proved.remove(mailbox);
    }
}
