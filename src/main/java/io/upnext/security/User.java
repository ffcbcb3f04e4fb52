package io.upnext.security;

import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.util.Set;

/**
 * Somebody who can log in. The password hash never leaves the package.
 *
 * @param dailyCapacity how many manual steps fall due on one day at most; 0 is any number, null what the organisation says
 */
public record User(
        UserId id,
        String username,
        String name,
        String email,
        UnitId unit,
        Set<Role> roles,
        String locale,
        String timeZone,
        boolean active,
        Integer dailyCapacity) {}
