package io.upnext.messaging.inspection;

/** What kind of mail came in. */
public enum MailClass {
    REPLY,
    AUTO_REPLY,
    BOUNCE,
    DELAY,
    COMPLAINT,
    SUCCESS,
    UNSUBSCRIBE,
    UNRELATED,
    /** A report of a kind that is not known, or a mail that cannot be read: kept for a person. */
    UNKNOWN
}
