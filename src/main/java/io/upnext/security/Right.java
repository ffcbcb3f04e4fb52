package io.upnext.security;

/** What somebody may do; assigned to roles by settings, with defaults as in the specification §1. */
public enum Right {
    VIEW_SEQUENCES,
    CREATE_SEQUENCES,
    /** Edit, activate and delete sequences of others, within {@link CurrentUser#sees}. */
    EDIT_ANY_SEQUENCE,
    CONNECT_RECORDS,
    IMPORT_RECORDS,
    MANAGE_MAIL_TEMPLATES,
    MANAGE_TAGS,
    MANAGE_AUDIENCES,
    VIEW_REPORTS,
    MANAGE_FIELDS,
    /** See and work the steps and enrollments of others in the own unit and below. */
    MANAGE_TEAM_WORK,
    MANAGE_MAILBOXES,
    MANAGE_SUPPRESSIONS,
    SOLVE_INCIDENTS,
    ADMINISTER
}
