package io.upnext.security;

import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes the tree of units and the teams; the caller has checked the right. */
@Component
public class Organisation {

    private final DirectoryRows directory;
    private final JdbcClient jdbc;
    private final Clock clock;

    Organisation(DirectoryRows directory, JdbcClient jdbc, Clock clock) {
        this.directory = directory;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param parent the unit above, or null
     * @throws ConflictException where the name is taken
     */
    @Transactional
    public Unit createUnit(String name, UnitId parent) {
        var unit = new Unit(UnitId.next(), name, requireUnit(parent));
        unique("unit", name, () -> jdbc.sql("insert into unit (id, name, parent, created_at) values (?, ?, ?, ?)")
                .params(unit.id().value(), name, value(parent), clock.instant().atOffset(ZoneOffset.UTC))
                .update());
        directory.changed();
        return unit;
    }

    /**
     * @throws InvalidException where the unit would come to stand below itself
     * @throws ConflictException where the name is taken
     */
    @Transactional
    public Unit saveUnit(Unit unit) {
        requireUnit(unit.parent());
        lockTree();
        if (unit.parent() != null && directory.current().withBelow(unit.id()).contains(unit.parent())) {
            throw new InvalidException("'parent' is the unit itself or one below it; choose another.");
        }
        unique("unit", unit.name(), () -> jdbc.sql("update unit set name = ?, parent = ? where id = ?")
                .params(unit.name(), value(unit.parent()), unit.id().value())
                .update());
        directory.changed();
        return unit;
    }

    /** @throws ConflictException while somebody or something belongs to the unit */
    @Transactional
    public void deleteUnit(UnitId id) {
        delete("unit", id.value(), "The unit still has units, users, teams or records; move these first.");
    }

    @Transactional
    public Team createTeam(String name, UnitId unit, Collection<UserId> members) {
        var team = new Team(TeamId.next(), name, requireUnit(unit), Set.copyOf(members));
        unique("team", name, () -> jdbc.sql("insert into team (id, name, unit, created_at) values (?, ?, ?, ?)")
                .params(team.id().value(), name, unit.value(), clock.instant().atOffset(ZoneOffset.UTC))
                .update());
        writeMembers(team);
        directory.changed();
        return team;
    }

    @Transactional
    public Team saveTeam(Team team) {
        requireUnit(team.unit());
        unique("team", team.name(), () -> jdbc.sql("update team set name = ?, unit = ? where id = ?")
                .params(team.name(), team.unit().value(), team.id().value())
                .update());
        jdbc.sql("delete from team_member where team = ?")
                .param(team.id().value())
                .update();
        writeMembers(team);
        directory.changed();
        return team;
    }

    /** @throws ConflictException while records or steps belong to the team */
    @Transactional
    public void deleteTeam(TeamId id) {
        delete("team", id.value(), "The team still owns records or work; hand these over first.");
    }

    private void writeMembers(Team team) {
        var known = directory.current().logins;
        for (var member : team.members()) {
            if (!known.containsKey(member)) {
                throw new InvalidException("'members' names '" + member + "', which is no user.");
            }
            jdbc.sql("insert into team_member (team, app_user) values (?, ?)")
                    .params(team.id().value(), member.value())
                    .update();
        }
    }

    private UnitId requireUnit(UnitId id) {
        if (id != null && !directory.current().units.containsKey(id)) {
            throw new InvalidException("There is no unit '" + id + "'.");
        }
        return id;
    }

    /** Two moves at a time could close a circle. */
    private void lockTree() {
        jdbc.sql("select version from cache_version where topic = 'directory' for update")
                .query(Long.class)
                .single();
    }

    private void delete(String table, java.util.UUID id, String inUse) {
        try {
            jdbc.sql("delete from " + table + " where id = ?").param(id).update();
        } catch (DataIntegrityViolationException e) {
            throw new ConflictException(inUse);
        }
        directory.changed();
    }

    private static void unique(String what, String name, Runnable write) {
        try {
            write.run();
        } catch (DuplicateKeyException e) {
            throw new ConflictException("There is already a " + what + " '" + name + "'; choose another name.");
        }
    }

    private static java.util.UUID value(UnitId id) {
        return id == null ? null : id.value();
    }
}
