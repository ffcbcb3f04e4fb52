package io.upnext.enrollment.simulation;

/** How a simulated enrollment ends; the names are those of the reasons of real ones. */
public enum Ending {
    COMPLETED,
    ADVANCED,
    REPLIED,
    UNSUBSCRIBED,
    BOUNCED,
    /** A mail that nothing can send: an incident for a person. */
    STUCK
}
