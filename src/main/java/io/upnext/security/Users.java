package io.upnext.security;

import io.upnext.shared.Principal;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Users, teams and units. Look-ups are cached in memory for a short time; changes are seen at once on this node. */
@Component
public class Users {

    public Optional<User> find(UserId id) {
        throw new UnsupportedOperationException("stub");
    }

    public Optional<User> findByUsername(String username) {
        throw new UnsupportedOperationException("stub");
    }

    public Map<UserId, User> findAll(Collection<UserId> ids) {
        throw new UnsupportedOperationException("stub");
    }

    public List<User> all() {
        throw new UnsupportedOperationException("stub");
    }

    /** The user as the caller of a request: rights, teams and visible units resolved. */
    public CurrentUser asCaller(UserId id) {
        throw new UnsupportedOperationException("stub");
    }

    public Set<UserId> members(TeamId team) {
        throw new UnsupportedOperationException("stub");
    }

    /** The unit a user or team belongs to; empty where there is no such user or team. */
    public Optional<UnitId> unitOf(Principal owner) {
        throw new UnsupportedOperationException("stub");
    }

    /** The name lists show for a user or team; the id where it is gone. */
    public String nameOf(Principal owner) {
        throw new UnsupportedOperationException("stub");
    }

    /** Reads what a person or a file wrote for an owner: an id, a username, a mail address, {@code team:<id>} or a team's name. */
    public Optional<Principal> resolve(String text) {
        throw new UnsupportedOperationException("stub");
    }

    /** Makes a user; used by the administrator's pages, the first start and the demo. */
    public User create(NewUser user) {
        throw new UnsupportedOperationException("stub");
    }

    /** @param password in clear; stored hashed */
    public record NewUser(
            String username,
            String password,
            String name,
            String email,
            UnitId unit,
            Set<Role> roles,
            String locale,
            String timeZone) {}
}
