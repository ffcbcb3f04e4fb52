package io.upnext.security;

/** The organisation works on other days from now on; what is planned may have to be planned anew. */
public record CompanyCalendarChanged() {}
