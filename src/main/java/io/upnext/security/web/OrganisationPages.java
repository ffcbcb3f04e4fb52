package io.upnext.security.web;

import io.upnext.security.Access;
import io.upnext.security.Right;
import io.upnext.security.Team;
import io.upnext.security.Unit;
import io.upnext.security.UnitsAndTeams;
import io.upnext.security.Users;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.ProblemException;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's pages of business units and teams. */
@Controller
@RequestMapping("/admin")
class OrganisationPages {

    private final Users users;
    private final UnitsAndTeams administration;
    private final Access access;

    OrganisationPages(Users users, UnitsAndTeams administration, Access access) {
        this.users = users;
        this.administration = administration;
        this.access = access;
    }

    @GetMapping
    String start() {
        return "redirect:/admin/users";
    }

    @GetMapping("/units")
    String units(Model model) {
        access.current().require(Right.ADMINISTER);
        model.addAttribute("units", users.units());
        model.addAttribute("unitNames", unitNames());
        return "security/units";
    }

    @GetMapping({"/units/new", "/units/{id}"})
    String unit(@PathVariable(required = false) UnitId id, Model model) {
        access.current().require(Right.ADMINISTER);
        var unit = id == null ? null : unit(id);
        return unitForm(model, unit, unit == null ? null : unit.name(), unit == null ? null : unit.parent());
    }

    @PostMapping({"/units", "/units/{id}"})
    String saveUnit(
            @PathVariable(required = false) UnitId id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) String parent,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        var above = parent == null || parent.isEmpty() ? null : UnitId.of(parent);
        try {
            var saved = id == null
                    ? administration.createUnit(access.current(), name, above)
                    : administration.changeUnit(access.current(), new Unit(id, name, above));
            return Saved.redirect(redirect, "/admin/units", "units.saved", saved.name());
        } catch (InvalidException | ConflictException e) {
            Saved.refused(model, response, e);
            return unitForm(model, id == null ? null : unit(id), name, above);
        }
    }

    @PostMapping("/units/{id}/delete")
    String deleteUnit(@PathVariable UnitId id, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        var unit = unit(id);
        try {
            administration.deleteUnit(access.current(), id);
            return Saved.redirect(redirect, "/admin/units", "units.deleted", unit.name());
        } catch (ConflictException e) {
            return refuseDeletion(model, response, e, unitForm(model, unit, unit.name(), unit.parent()));
        }
    }

    private String unitForm(Model model, Unit unit, String name, UnitId parent) {
        model.addAttribute("unit", unit);
        model.addAttribute("name", name);
        model.addAttribute("parent", parent == null ? null : parent.toString());
        model.addAttribute("units", unitNames());
        return "security/unit";
    }

    @GetMapping("/teams")
    String teams(Model model) {
        access.current().require(Right.ADMINISTER);
        model.addAttribute("teams", users.teams());
        model.addAttribute("unitNames", unitNames());
        return "security/teams";
    }

    @GetMapping({"/teams/new", "/teams/{id}"})
    String team(@PathVariable(required = false) TeamId id, Model model) {
        access.current().require(Right.ADMINISTER);
        var team = id == null ? null : team(id);
        return team == null
                ? teamForm(model, null, null, null, Set.of())
                : teamForm(model, team, team.name(), team.unit(), team.members());
    }

    @PostMapping({"/teams", "/teams/{id}"})
    String saveTeam(
            @PathVariable(required = false) TeamId id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) String unit,
            @RequestParam(required = false) Set<String> members,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        var owner = unit == null || unit.isEmpty() ? null : UnitId.of(unit);
        var people = members == null
                ? Set.<UserId>of()
                : members.stream().map(UserId::of).collect(Collectors.toSet());
        try {
            var saved = id == null
                    ? administration.createTeam(access.current(), name, owner, people)
                    : administration.changeTeam(access.current(), new Team(id, name, owner, people));
            return Saved.redirect(redirect, "/admin/teams", "teams.saved", saved.name());
        } catch (InvalidException | ConflictException e) {
            Saved.refused(model, response, e);
            return teamForm(model, id == null ? null : team(id), name, owner, people);
        }
    }

    @PostMapping("/teams/{id}/delete")
    String deleteTeam(@PathVariable TeamId id, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        var team = team(id);
        try {
            administration.deleteTeam(access.current(), id);
            return Saved.redirect(redirect, "/admin/teams", "teams.deleted", team.name());
        } catch (ConflictException e) {
            return refuseDeletion(model, response, e, teamForm(model, team, team.name(), team.unit(), team.members()));
        }
    }

    private static String refuseDeletion(Model model, HttpServletResponse response, ProblemException e, String view) {
        Saved.refused(model, response, e);
        return view;
    }

    private String teamForm(Model model, Team team, String name, UnitId unit, Set<UserId> members) {
        model.addAttribute("team", team);
        model.addAttribute("name", name);
        model.addAttribute("unit", unit == null ? null : unit.toString());
        model.addAttribute("members", members);
        model.addAttribute("users", users.all());
        model.addAttribute("units", unitNames());
        return "security/team";
    }

    private Map<String, String> unitNames() {
        var names = new LinkedHashMap<String, String>();
        users.units().forEach(unit -> names.put(unit.id().toString(), unit.name()));
        return names;
    }

    private Unit unit(UnitId id) {
        return users.unit(id).orElseThrow(() -> new NotFoundException("There is no unit '" + id + "'."));
    }

    private Team team(TeamId id) {
        return users.team(id).orElseThrow(() -> new NotFoundException("There is no team '" + id + "'."));
    }
}
