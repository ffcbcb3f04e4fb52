package io.upnext.web;

import io.upnext.security.CurrentUser;

/** Port: how many things wait behind an entry of the navigation. */
public interface NavigationCount {

    /** The path of the entry. */
    String path();

    long of(CurrentUser user);
}
