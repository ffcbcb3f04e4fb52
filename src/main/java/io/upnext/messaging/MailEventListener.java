package io.upnext.messaging;

import java.util.List;

/** Port: applies what happened to a mail to its enrollment. */
public interface MailEventListener {

    /**
     * Called inside a transaction that also marks the event as applied; an exception rolls both back and the event is
     * tried again later.
     */
    void on(MailEvent event);

    /** Several in one transaction, in their order, no two of one enrollment; where one fails, each gets its own. */
    default void on(List<MailEvent> events) {
        events.forEach(this::on);
    }

    /** Before anything of the batch is written: takes the locks that whoever else moves an enrollment takes first. */
    default void prepare(List<MailEvent> events) {}
}
