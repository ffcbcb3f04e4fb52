package io.upnext.security;

import io.upnext.shared.ConflictException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Principal;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Users, teams and units. Look-ups are cached in memory for a short time; changes are seen at once on this node. */
@Component
public class Users {

    private final DirectoryRows directory;
    private final JdbcClient jdbc;
    private final Passwords passwords;
    private final Roles roles;
    private final Clock clock;

    Users(DirectoryRows directory, JdbcClient jdbc, Passwords passwords, Roles roles, Clock clock) {
        this.directory = directory;
        this.jdbc = jdbc;
        this.passwords = passwords;
        this.roles = roles;
        this.clock = clock;
    }

    public Optional<User> find(UserId id) {
        return Optional.ofNullable(directory.current().logins.get(id)).map(Directory.Login::user);
    }

    public Optional<User> findByUsername(String username) {
        return Optional.ofNullable(directory.current().loginsByName.get(normal(username)))
                .map(Directory.Login::user);
    }

    public Map<UserId, User> findAll(Collection<UserId> ids) {
        var logins = directory.current().logins;
        var found = new LinkedHashMap<UserId, User>();
        ids.stream()
                .map(logins::get)
                .filter(Objects::nonNull)
                .forEach(login -> found.put(login.user().id(), login.user()));
        return found;
    }

    public List<User> all() {
        return directory.current().users();
    }

    public List<Unit> units() {
        return List.copyOf(directory.current().units.values());
    }

    public Optional<Unit> unit(UnitId id) {
        return Optional.ofNullable(directory.current().units.get(id));
    }

    public List<Team> teams() {
        return List.copyOf(directory.current().teams.values());
    }

    public Optional<Team> team(TeamId id) {
        return Optional.ofNullable(directory.current().teams.get(id));
    }

    /**
     * The user as the caller of a request: rights, teams and visible units resolved.
     *
     * @throws NotFoundException where there is no such user
     */
    public CurrentUser asCaller(UserId id) {
        var now = directory.current();
        var user = Optional.ofNullable(now.logins.get(id))
                .map(Directory.Login::user)
                .orElseThrow(() -> new NotFoundException("There is no user '" + id + "'."));
        return new CurrentUser(
                user.id(),
                user.username(),
                user.name(),
                user.unit(),
                user.roles(),
                roles.rights(user.roles()),
                now.teamsOf(user.id()),
                visibleUnits(now, user),
                user.locale(),
                user.timeZone());
    }

    private static Set<UnitId> visibleUnits(Directory now, User user) {
        if (user.roles().contains(Role.ADMINISTRATOR) || user.roles().contains(Role.SEQUENCE_MANAGER)) {
            return null;
        }
        return user.roles().contains(Role.SALES_MANAGER) ? now.withBelow(user.unit()) : Set.of(user.unit());
    }

    public Set<UserId> members(TeamId team) {
        return team(team).map(Team::members).orElse(Set.of());
    }

    /** The unit a user or team belongs to; empty where there is no such user or team. */
    public Optional<UnitId> unitOf(Principal owner) {
        return owner.isUser()
                ? find(new UserId(owner.id())).map(User::unit)
                : team(new TeamId(owner.id())).map(Team::unit);
    }

    /** The name lists show for a user or team; the id where it is gone. */
    public String nameOf(Principal owner) {
        var name = owner.isUser()
                ? find(new UserId(owner.id())).map(User::name)
                : team(new TeamId(owner.id())).map(Team::name);
        return name.orElse(owner.toString());
    }

    /** Reads what a person or a file wrote for an owner: an id, a username, a mail address, {@code team:<id>} or a team's name. */
    public Optional<Principal> resolve(String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        return byId(text.strip()).or(() -> byName(text.strip()));
    }

    private Optional<Principal> byId(String text) {
        try {
            return Optional.of(Principal.of(text))
                    .filter(principal -> unitOf(principal).isPresent());
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    /** A user name comes before a mail address, which comes before a team's name; an address of several is nobody's. */
    private Optional<Principal> byName(String text) {
        return findByUsername(text)
                .map(user -> Principal.user(user.id()))
                .or(() -> only(all().stream()
                        .filter(user -> text.equalsIgnoreCase(user.email()))
                        .map(user -> Principal.user(user.id()))
                        .toList()))
                .or(() -> only(teams().stream()
                        .filter(team -> text.equalsIgnoreCase(team.name()))
                        .map(team -> Principal.team(team.id()))
                        .toList()));
    }

    private static Optional<Principal> only(List<Principal> found) {
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /**
     * Makes a user; used by the administrator's pages, the first start and the demo, which check the password's strength.
     *
     * @throws ConflictException where the user name is taken
     */
    @Transactional
    public User create(NewUser wanted) {
        var user = new User(
                UserId.next(),
                normal(wanted.username()),
                wanted.name(),
                wanted.email() == null ? "" : wanted.email(),
                wanted.unit(),
                EnumSet.copyOf(wanted.roles()),
                wanted.locale(),
                wanted.timeZone(),
                true,
                null);
        try {
            insert(user, passwords.hash(wanted.password()));
        } catch (DuplicateKeyException e) {
            throw new ConflictException(
                    "There is already a user with the user name '" + user.username() + "'; choose another.");
        }
        directory.changed();
        return user;
    }

    private void insert(User user, String passwordHash) {
        jdbc.sql("""
                        insert into app_user (id, username, name, email, unit, roles, locale, time_zone, password_hash,
                            created_at, updated_at)
                        values (:id, :username, :name, :email, :unit, :roles, :locale, :timeZone, :hash, :now, :now)
                        """)
                .param("id", user.id().value())
                .param("username", user.username())
                .param("name", user.name())
                .param("email", user.email())
                .param("unit", user.unit().value())
                .param("roles", DirectoryRows.names(user.roles()))
                .param("locale", user.locale())
                .param("timeZone", user.timeZone())
                .param("hash", passwordHash)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Writes everything but user name and password, as it now is; a user that is inactive can no longer log in. */
    @Transactional
    public void save(User user) {
        jdbc.sql("""
                        update app_user set name = :name, email = :email, unit = :unit, roles = :roles, locale = :locale,
                            time_zone = :timeZone, active = :active, daily_capacity = :dailyCapacity, updated_at = :now
                        where id = :id
                        """)
                .param("id", user.id().value())
                .param("name", user.name())
                .param("email", user.email())
                .param("unit", user.unit().value())
                .param("roles", DirectoryRows.names(user.roles()))
                .param("locale", user.locale())
                .param("timeZone", user.timeZone())
                .param("active", user.active())
                .param("dailyCapacity", user.dailyCapacity(), java.sql.Types.INTEGER)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        directory.changed();
    }

    /** Sets a new password, whose strength the caller has checked; sessions of the user end. */
    @Transactional
    public void changePassword(UserId id, String password) {
        jdbc.sql("""
                        update app_user set password_hash = :hash, credentials_version = credentials_version + 1,
                            updated_at = :now
                        where id = :id
                        """)
                .param("id", id.value())
                .param("hash", passwords.hash(password))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        directory.changed();
    }

    static String normal(String username) {
        return username == null ? "" : username.strip().toLowerCase(Locale.ROOT);
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
            String timeZone) {

        @Override
        public String toString() {
            return "NewUser[" + username + "]";
        }
    }
}
