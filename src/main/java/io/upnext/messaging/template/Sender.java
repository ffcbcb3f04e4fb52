package io.upnext.messaging.template;

import io.upnext.security.User;

/**
 * Who a mail is from.
 *
 * @param user null where a shared mailbox sends
 * @param signature sanitised HTML, or null
 */
public record Sender(User user, String signature) {

    public static final Sender NOBODY = new Sender(null, null);
}
