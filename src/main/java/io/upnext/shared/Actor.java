package io.upnext.shared;

/** Who did something: a user, or the product itself (user null), with the name that lists show. */
public record Actor(UserId user, String name) {

    public static final Actor SYSTEM = new Actor(null, "Upnext");
}
