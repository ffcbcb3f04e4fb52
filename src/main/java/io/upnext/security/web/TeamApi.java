package io.upnext.security.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.security.Access;
import io.upnext.security.Team;
import io.upnext.security.UnitsAndTeams;
import io.upnext.security.Users;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Teams: everybody sees them, administrators change them. */
@RestController
@RequestMapping("/api/v1/teams")
class TeamApi {

    private final Users users;
    private final UnitsAndTeams teams;
    private final Access access;

    TeamApi(Users users, UnitsAndTeams teams, Access access) {
        this.users = users;
        this.teams = teams;
        this.access = access;
    }

    @JsonIgnoreProperties("id")
    record Body(String name, UnitId unit, Set<UserId> members) {

        Set<UserId> membersOrNone() {
            return members == null ? Set.of() : members;
        }
    }

    @GetMapping
    Paged<Team> list(PageQuery page) {
        return Lists.page(users.teams(), page, Map.of("name", Team::name), Team::id);
    }

    @GetMapping("/{id}")
    Team one(@PathVariable TeamId id) {
        return users.team(id).orElseThrow(() -> new NotFoundException("There is no team '" + id + "'."));
    }

    @PostMapping
    ResponseEntity<Team> create(@RequestBody Body body) {
        var team = teams.createTeam(access.current(), body.name(), body.unit(), body.membersOrNone());
        return ResponseEntity.created(URI.create("/api/v1/teams/" + team.id())).body(team);
    }

    @PutMapping("/{id}")
    Team change(@PathVariable TeamId id, @RequestBody Body body) {
        return teams.changeTeam(access.current(), new Team(id, body.name(), body.unit(), body.membersOrNone()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable TeamId id) {
        teams.deleteTeam(access.current(), id);
    }
}
