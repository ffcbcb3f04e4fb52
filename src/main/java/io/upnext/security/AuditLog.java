package io.upnext.security;

import io.upnext.shared.Actor;
import org.springframework.stereotype.Component;

/** Keeps who changed what and when; written in the transaction of the change, never changed afterwards. */
@Component
public class AuditLog {

    /**
     * @param action a short word such as {@code sequence.activate}
     * @param subject type and id of what was changed, such as {@code sequence:0192…}
     * @param before state before, anything Jackson can write, or null; never a secret
     * @param after state after, likewise
     */
    public void add(Actor actor, String action, String subject, Object before, Object after) {
        throw new UnsupportedOperationException("stub");
    }
}
