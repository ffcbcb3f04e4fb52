package io.upnext.messaging;

/** Port: applies what happened to a text message to its enrollment. */
public interface TextEventListener {

    /**
     * Called inside a transaction that also marks the event as applied; an exception rolls both back and the event is
     * tried again later.
     */
    void on(TextEvent event);
}
