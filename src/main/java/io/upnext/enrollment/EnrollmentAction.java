package io.upnext.enrollment;

import java.util.Locale;

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
    END_HOLD;

    /** The one that a page's address names, such as {@code end-wait}. */
    public static EnrollmentAction named(String path) {
        return valueOf(path.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
