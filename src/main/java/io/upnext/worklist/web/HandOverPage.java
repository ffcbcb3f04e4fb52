package io.upnext.worklist.web;

import io.upnext.enrollment.OpenSteps;
import io.upnext.operation.Operations;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.StandIns;
import io.upnext.security.StandIns.StandIn;
import io.upnext.security.Team;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.InvalidException;
import io.upnext.shared.OperationId;
import io.upnext.shared.Principal;
import io.upnext.shared.ProblemException;
import io.upnext.shared.UserId;
import io.upnext.web.Flash;
import io.upnext.worklist.HandOvers;
import io.upnext.worklist.HandOvers.Wanted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Handing over the work of a colleague who is away, and who stands in for whom. */
@Controller
@RequestMapping("/hand-overs")
class HandOverPage {

    private final HandOvers handOvers;
    private final StandIns standIns;
    private final Operations operations;
    private final OpenSteps openSteps;
    private final Users users;
    private final Access access;

    HandOverPage(
            HandOvers handOvers,
            StandIns standIns,
            Operations operations,
            OpenSteps openSteps,
            Users users,
            Access access) {
        this.handOvers = handOvers;
        this.standIns = standIns;
        this.operations = operations;
        this.openSteps = openSteps;
        this.users = users;
        this.access = access;
    }

    /** @param until the last day away, in the viewer's zone */
    record Form(String from, String to, Boolean future, String until, Boolean sequences) {}

    /** A stand-in with the names of both. */
    record Line(UserId away, String name, String instead, Instant until) {}

    @GetMapping
    String page(Model model) {
        CurrentUser user = access.current();
        return show(model, new Form(user.id().toString(), null, true, null, false));
    }

    @PostMapping
    String handOver(Form form, Model model) {
        CurrentUser user = access.current();
        try {
            OperationId operation = handOvers.handOver(
                    user, new Wanted(form.from(), form.to(), form.future(), until(user, form), form.sequences()));
            model.addAttribute("progress", operations.progress(user, operation));
            return show(model, form);
        } catch (ProblemException e) {
            model.addAttribute("failure", e.getMessage());
            model.addAttribute("problems", e.problems());
            return show(model, form);
        }
    }

    /** The first moment after the last day away. */
    private Instant until(CurrentUser user, Form form) {
        if (!Boolean.TRUE.equals(form.future())
                || form.until() == null
                || form.until().isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(form.until())
                    .plusDays(1)
                    .atStartOfDay(openSteps.zone(user))
                    .toInstant();
        } catch (DateTimeException e) {
            throw new InvalidException("'until' is no date; choose a day.");
        }
    }

    @GetMapping("/progress/{operation}")
    String progress(@PathVariable OperationId operation, Model model) {
        model.addAttribute("progress", operations.progress(access.current(), operation));
        return "worklist/hand-overs :: progress";
    }

    @PostMapping("/{away}/end")
    String end(@PathVariable UserId away, RedirectAttributes redirect) {
        standIns.end(access.current(), away);
        Flash.done(redirect, "people.hand.ended");
        return "redirect:/hand-overs";
    }

    private String show(Model model, Form form) {
        CurrentUser user = access.current();
        model.addAttribute("form", form);
        model.addAttribute("people", names(handOvers.people(user)));
        model.addAttribute("takers", takers());
        model.addAttribute(
                "lines", standIns.managedBy(user).stream().map(this::line).toList());
        return "worklist/hand-overs";
    }

    private static Map<String, String> names(List<User> people) {
        Map<String, String> names = new LinkedHashMap<>();
        people.forEach(person -> names.put(person.id().toString(), person.name()));
        return names;
    }

    private Map<String, String> takers() {
        Map<String, String> takers =
                names(users.all().stream().filter(User::active).toList());
        users.teams().stream()
                .filter(team -> !team.members().isEmpty())
                .forEach((Team team) -> takers.put(Principal.team(team.id()).toString(), team.name()));
        return takers;
    }

    private Line line(StandIn one) {
        return new Line(one.away(), users.nameOf(Principal.user(one.away())), users.nameOf(one.instead()), one.until());
    }
}
