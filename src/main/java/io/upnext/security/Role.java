package io.upnext.security;

/** What somebody is; which rights that brings is in {@link Right}. */
public enum Role {
    ADMINISTRATOR,
    SEQUENCE_MANAGER,
    SALES_MANAGER,
    SALESPERSON
}
