package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Whom a record or a step belongs to: a user or a team. As a string the user's id, or {@code team:<id>}. */
public record Principal(Kind kind, UUID id) {

    public enum Kind {
        USER,
        TEAM
    }

    public static Principal user(UserId user) {
        return new Principal(Kind.USER, user.value());
    }

    public static Principal team(TeamId team) {
        return new Principal(Kind.TEAM, team.value());
    }

    /**
     * @throws IllegalArgumentException where the text is neither
     */
    @JsonCreator
    public static Principal of(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Principal(Kind.USER, UUID.fromString(text));
        }
        Kind kind = Kind.valueOf(text.substring(0, colon).toUpperCase(java.util.Locale.ROOT));
        return new Principal(kind, UUID.fromString(text.substring(colon + 1)));
    }

    public boolean isUser() {
        return kind == Kind.USER;
    }

    @Override
    @JsonValue
    public String toString() {
        return isUser() ? id.toString() : "team:" + id;
    }
}
