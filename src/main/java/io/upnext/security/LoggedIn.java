package io.upnext.security;

import io.upnext.shared.UserId;
import java.security.Principal;
import java.util.UUID;

/**
 * Whom a session or a request is logged in as. Rights are looked up anew at each request, so that a change counts at
 * once; the session ends when the credentials have changed since.
 */
public record LoggedIn(UUID user, String username, int credentialsVersion) implements Principal, java.io.Serializable {

    public UserId id() {
        return new UserId(user);
    }

    @Override
    public String getName() {
        return username;
    }

    @Override
    public String toString() {
        return username;
    }
}
