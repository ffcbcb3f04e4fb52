package io.upnext.enrollment.simulation;

/** How a simulated enrollment ends; the names are those of the reasons of real ones. */
public enum Ending {
    COMPLETED,
    ADVANCED,
    REPLIED,
    UNSUBSCRIBED,
    BOUNCED,
    /** The record meets the exit filter. */
    CRITERIA_MET,
    /** Still connected after a year: Smart steps whose turn never comes, or comes again and again. */
    WAITING,
    /** A mail that nothing can send: an incident for a person. */
    STUCK,
    /** An advance that nobody could make: the target is not active, or the record advanced too often; an incident, too. */
    BLOCKED
}
