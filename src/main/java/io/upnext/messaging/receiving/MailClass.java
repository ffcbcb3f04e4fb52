package io.upnext.messaging.receiving;

/** What kind of mail came in. */
enum MailClass {
    REPLY,
    AUTO_REPLY,
    BOUNCE,
    DELAY,
    SUCCESS,
    UNSUBSCRIBE,
    UNRELATED,
    /** A report of a kind this release does not know, or a mail that cannot be read. */
    UNKNOWN
}
