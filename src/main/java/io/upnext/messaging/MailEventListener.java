package io.upnext.messaging;

/** Port: applies what happened to a mail to its enrollment. */
public interface MailEventListener {

    /**
     * Called inside a transaction that also marks the event as applied; an exception rolls both back and the event is
     * tried again later.
     */
    void on(MailEvent event);
}
