package io.upnext.security;

import io.upnext.security.Directory.Login;
import io.upnext.security.StandIns.StandIn;
import io.upnext.shared.Principal;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of users, units and teams, and their copy in memory. */
@Repository
class DirectoryRows {

    private final JdbcClient jdbc;
    private final VersionedCache<Directory> cache;

    DirectoryRows(JdbcClient jdbc, @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.cache = new VersionedCache<>("directory", jdbc, realTime, this::load);
    }

    Directory current() {
        return cache.get();
    }

    /** To be called after every write to these tables, in its transaction. */
    void changed() {
        cache.changed();
    }

    private Directory load() {
        var units = jdbc.sql("select id, name, parent from unit order by lower(name), id")
                .query((row, n) -> new Unit(
                        new UnitId(row.getObject("id", UUID.class)), row.getString("name"), unit(row, "parent")))
                .list();
        var members = members();
        var teams = jdbc.sql("select id, name, unit from team order by lower(name), id")
                .query((row, n) -> team(row, members))
                .list();
        return new Directory(logins(), units, teams, standIns());
    }

    private List<StandIn> standIns() {
        return jdbc.sql("select * from stand_in order by away")
                .query((row, n) -> {
                    OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
                    return new StandIn(
                            new UserId(row.getObject("away", UUID.class)),
                            new Principal(
                                    Principal.Kind.valueOf(row.getString("instead_kind")),
                                    row.getObject("instead_id", UUID.class)),
                            until == null ? null : until.toInstant(),
                            new UserId(row.getObject("created_by", UUID.class)),
                            row.getObject("created_at", OffsetDateTime.class).toInstant());
                })
                .list();
    }

    private List<Login> logins() {
        return jdbc.sql("""
                        select id, username, name, email, unit, roles, locale, time_zone, active, credentials_version,
                            daily_capacity
                        from app_user order by lower(name), id
                        """)
                .query((row, n) -> new Login(user(row), row.getInt("credentials_version")))
                .list();
    }

    private Map<UUID, Set<UserId>> members() {
        var members = new HashMap<UUID, Set<UserId>>();
        jdbc.sql("select team, app_user from team_member order by app_user").query(row -> {
            members.computeIfAbsent(row.getObject("team", UUID.class), any -> new LinkedHashSet<>())
                    .add(new UserId(row.getObject("app_user", UUID.class)));
        });
        return members;
    }

    private static Team team(ResultSet row, Map<UUID, Set<UserId>> members) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new Team(
                new TeamId(id),
                row.getString("name"),
                unit(row, "unit"),
                Set.copyOf(members.getOrDefault(id, Set.of())));
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                new UserId(row.getObject("id", UUID.class)),
                row.getString("username"),
                row.getString("name"),
                row.getString("email"),
                unit(row, "unit"),
                roles((String[]) row.getArray("roles").getArray()),
                row.getString("locale"),
                row.getString("time_zone"),
                row.getBoolean("active"),
                row.getObject("daily_capacity", Integer.class));
    }

    private static Set<Role> roles(String[] names) {
        var roles = EnumSet.noneOf(Role.class);
        Arrays.stream(names).map(Role::valueOf).forEach(roles::add);
        return java.util.Collections.unmodifiableSet(roles);
    }

    private static UnitId unit(ResultSet row, String column) throws SQLException {
        var id = row.getObject(column, UUID.class);
        return id == null ? null : new UnitId(id);
    }

    static String[] names(Collection<Role> roles) {
        return roles.stream().map(Role::name).sorted().toArray(String[]::new);
    }
}
