package io.upnext.security;

import io.upnext.security.StandIns.StandIn;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everybody and every unit and team at one moment, in memory: there are thousands at most, read at every request. */
final class Directory {

    final Map<UserId, Login> logins = new LinkedHashMap<>();
    final Map<String, Login> loginsByName = new HashMap<>();
    final Map<UnitId, Unit> units = new LinkedHashMap<>();
    final Map<TeamId, Team> teams = new LinkedHashMap<>();
    final Map<UserId, StandIn> standIns = new LinkedHashMap<>();
    private final Map<UserId, Set<TeamId>> teamsOf = new HashMap<>();
    private final Map<UnitId, Set<UnitId>> children = new HashMap<>();

    /** A user with what the log-in needs beside it; the hash stays in the database. */
    record Login(User user, int credentialsVersion) {}

    Directory(Collection<Login> logins, Collection<Unit> units, Collection<Team> teams, Collection<StandIn> standIns) {
        standIns.forEach(standIn -> this.standIns.put(standIn.away(), standIn));
        for (var login : logins) {
            this.logins.put(login.user().id(), login);
            this.loginsByName.put(login.user().username(), login);
        }
        for (var unit : units) {
            this.units.put(unit.id(), unit);
            if (unit.parent() != null) {
                children.computeIfAbsent(unit.parent(), any -> new LinkedHashSet<>())
                        .add(unit.id());
            }
        }
        for (var team : teams) {
            this.teams.put(team.id(), team);
            team.members().forEach(member -> teamsOf.computeIfAbsent(member, any -> new LinkedHashSet<>())
                    .add(team.id()));
        }
    }

    List<User> users() {
        return logins.values().stream().map(Login::user).toList();
    }

    Set<TeamId> teamsOf(UserId user) {
        return Set.copyOf(teamsOf.getOrDefault(user, Set.of()));
    }

    /** The unit and everything below it. */
    Set<UnitId> withBelow(UnitId top) {
        var found = new LinkedHashSet<UnitId>();
        var open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            var next = open.pop();
            if (found.add(next)) {
                open.addAll(children.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }
}
