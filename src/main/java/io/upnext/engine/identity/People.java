package io.upnext.engine.identity;

import io.upnext.security.Role;
import io.upnext.security.User;
import io.upnext.security.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The product's active users and teams in the engine's words; all look-ups are in memory. */
@Component
public class People {

    private final ObjectProvider<Users> users;

    /** Looked up late, because the engine starts early. */
    People(ObjectProvider<Users> users) {
        this.users = users;
    }

    Stream<EngineUser> all() {
        return users.getObject().all().stream().filter(User::active).map(EngineUser::of);
    }

    Optional<EngineUser> find(String username) {
        return active(username).map(EngineUser::of);
    }

    /** Is there an active user of this name? */
    public boolean exists(String username) {
        return active(username).isPresent();
    }

    Stream<EngineGroup> groups() {
        return Stream.concat(
                Stream.of(EngineGroup.ADMINISTRATORS),
                users.getObject().teams().stream().map(EngineGroup::of));
    }

    /** The ids of a user's groups, sorted; none where there is no such active user. */
    public List<String> groupsOf(String username) {
        return active(username).map(this::groupsOf).orElse(List.of());
    }

    private List<String> groupsOf(User user) {
        var groups = new ArrayList<String>();
        if (user.roles().contains(Role.ADMINISTRATOR)) {
            groups.add(EngineIds.ADMINISTRATORS);
        }
        users.getObject().teams().stream()
                .filter(team -> team.members().contains(user.id()))
                .map(team -> EngineIds.group(team.id()))
                .sorted()
                .forEach(groups::add);
        return groups;
    }

    /** The user names of a group's members. */
    Set<String> membersOf(String group) {
        return all().map(EngineUser::id)
                .filter(username -> groupsOf(username).contains(group))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<User> active(String username) {
        // Ids are compared as they are: a user name in other letters is nobody to the engine
        return users.getObject()
                .findByUsername(username)
                .filter(user -> user.active() && user.username().equals(username));
    }
}
