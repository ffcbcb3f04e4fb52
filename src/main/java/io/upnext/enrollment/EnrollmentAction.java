package io.upnext.enrollment;

/** What people do with an enrollment that runs, one or many. Doing again what is already so changes nothing. */
public enum EnrollmentAction {
    /** Ends it. */
    DISCONNECT,
    /** Nothing is sent and nothing is due until it is resumed; replies still count. */
    PAUSE,
    /** Goes on with what was left of its waits. */
    RESUME,
    /** The wait it is in ends now. */
    END_WAIT,
    /** The recipient is back earlier than the out-of-office answer says. */
    END_HOLD
}
