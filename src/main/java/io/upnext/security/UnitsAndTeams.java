package io.upnext.security;

import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Problem;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What administrators do with units and teams; checked and audited. */
@Component
public class UnitsAndTeams {

    private final Organisation organisation;
    private final Users users;
    private final AuditLog audit;

    UnitsAndTeams(Organisation organisation, Users users, AuditLog audit) {
        this.organisation = organisation;
        this.users = users;
        this.audit = audit;
    }

    @Transactional
    public Unit createUnit(CurrentUser by, String name, UnitId parent) {
        by.require(Right.ADMINISTER);
        check(name, List.of());
        var unit = organisation.createUnit(name.strip(), parent);
        audit.add(by.actor(), "unit.create", "unit:" + unit.id(), null, unit);
        return unit;
    }

    @Transactional
    public Unit changeUnit(CurrentUser by, Unit wanted) {
        var before = unit(wanted.id());
        by.require(Right.ADMINISTER);
        check(wanted.name(), List.of());
        var after = organisation.saveUnit(new Unit(wanted.id(), wanted.name().strip(), wanted.parent()));
        audit.add(by.actor(), "unit.change", "unit:" + after.id(), before, after);
        return after;
    }

    @Transactional
    public void deleteUnit(CurrentUser by, UnitId id) {
        var before = unit(id);
        by.require(Right.ADMINISTER);
        organisation.deleteUnit(id);
        audit.add(by.actor(), "unit.delete", "unit:" + id, before, null);
    }

    @Transactional
    public Team createTeam(CurrentUser by, String name, UnitId unit, Set<UserId> members) {
        by.require(Right.ADMINISTER);
        check(name, unitProblems(unit));
        var team = organisation.createTeam(name.strip(), unit, members);
        audit.add(by.actor(), "team.create", "team:" + team.id(), null, team);
        return team;
    }

    @Transactional
    public Team changeTeam(CurrentUser by, Team wanted) {
        var before = team(wanted.id());
        by.require(Right.ADMINISTER);
        check(wanted.name(), unitProblems(wanted.unit()));
        var after =
                organisation.saveTeam(new Team(wanted.id(), wanted.name().strip(), wanted.unit(), wanted.members()));
        audit.add(by.actor(), "team.change", "team:" + after.id(), before, after);
        return after;
    }

    @Transactional
    public void deleteTeam(CurrentUser by, TeamId id) {
        var before = team(id);
        by.require(Right.ADMINISTER);
        organisation.deleteTeam(id);
        audit.add(by.actor(), "team.delete", "team:" + id, before, null);
    }

    private Unit unit(UnitId id) {
        return users.unit(id).orElseThrow(() -> new NotFoundException("There is no unit '" + id + "'."));
    }

    private Team team(TeamId id) {
        return users.team(id).orElseThrow(() -> new NotFoundException("There is no team '" + id + "'."));
    }

    private static List<Problem> unitProblems(UnitId unit) {
        return unit == null
                ? List.of(Problem.error("unit", "The business unit is missing; choose one of /units."))
                : List.of();
    }

    private static void check(String name, List<Problem> more) {
        var problems = new ArrayList<>(more);
        if (name == null || name.isBlank() || name.length() > 160) {
            problems.add(Problem.error("name", "The name needs 1 to 160 characters."));
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(
                    String.join(" ", problems.stream().map(Problem::message).toList()), problems);
        }
    }
}
