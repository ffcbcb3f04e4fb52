package io.upnext.engine.identity;

import io.upnext.shared.TeamId;
import java.util.Optional;
import java.util.UUID;

/** How people are called in the engine: a user by the user name, a team by {@code team-<id>}. */
public final class EngineIds {

    /** The group of the product's administrators. */
    public static final String ADMINISTRATORS = "camunda-admin";

    private static final String TEAM = "team-";

    private EngineIds() {}

    public static String group(TeamId team) {
        return TEAM + team;
    }

    /** The team behind a group; empty where the group is none. */
    public static Optional<TeamId> teamOf(String group) {
        if (group == null || !group.startsWith(TEAM)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TeamId(UUID.fromString(group.substring(TEAM.length()))));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
