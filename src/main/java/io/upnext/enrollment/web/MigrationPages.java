package io.upnext.enrollment.web;

import io.upnext.enrollment.MigrationPlan;
import io.upnext.enrollment.MigrationRequest.Choice;
import io.upnext.enrollment.MigrationRequest.DueTimes;
import io.upnext.enrollment.Migrations;
import io.upnext.operation.Operations;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.sequence.Outline;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.shared.InvalidException;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.ProblemException;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Moving what runs on an old version to the newest: first the plan, then how far it is. */
@Controller
@RequestMapping("/sequences/{id}")
class MigrationPages {

    private static final String CHOICE = "removed.";

    private final Migrations migrations;
    private final Sequences sequences;
    private final Operations operations;
    private final Access access;

    MigrationPages(Migrations migrations, Sequences sequences, Operations operations, Access access) {
        this.migrations = migrations;
        this.sequences = sequences;
        this.operations = operations;
        this.access = access;
    }

    /** The plan with the choices made so far; at first everybody at a removed step goes on at the next one. */
    @GetMapping("/versions/{number}/migrate")
    String plan(
            @PathVariable SequenceId id,
            @PathVariable int number,
            @RequestParam Map<String, String> form,
            PageQuery page,
            Model model) {
        SequenceView view = show(id, model);
        MigrationPlan plan = migrations.plan(access.current(), wanted(view, number, form, null), page);
        model.addAttribute("plan", plan);
        model.addAttribute("choices", Choice.values());
        return "enrollment/migrate";
    }

    /** Everything that runs on the version, or, by the button {@code chosen}, the records ticked. */
    @PostMapping("/versions/{number}/migrate")
    String migrate(
            @PathVariable SequenceId id,
            @PathVariable int number,
            @RequestParam Map<String, String> form,
            @RequestParam(required = false) List<String> enrollmentIds,
            Model model) {
        SequenceView view = sequences.view(access.current(), id);
        boolean chosen = form.containsKey("chosen");
        if (chosen && enrollmentIds == null) {
            model.addAttribute("nothing", true);
            return plan(id, number, form, PageQuery.first(PageQuery.DEFAULT_SIZE), model);
        }
        try {
            OperationId operation =
                    migrations.submit(access.current(), wanted(view, number, form, chosen ? enrollmentIds : null));
            return "redirect:/sequences/" + id + "/migrations/" + operation;
        } catch (UnprocessableException refused) {
            model.addAttribute("mistake", ((ProblemException) refused).getMessage());
            return plan(id, number, form, PageQuery.first(PageQuery.DEFAULT_SIZE), model);
        }
    }

    @GetMapping("/migrations/{operation}")
    String progress(@PathVariable SequenceId id, @PathVariable OperationId operation, Model model) {
        show(id, model);
        model.addAttribute("progress", operations.progress(access.current(), operation));
        return "enrollment/migration";
    }

    @GetMapping("/migrations/{operation}/progress")
    String part(@PathVariable SequenceId id, @PathVariable OperationId operation, Model model) {
        progress(id, operation, model);
        return "enrollment/migration :: progress";
    }

    private static Migrations.Wanted wanted(
            SequenceView view, int from, Map<String, String> form, List<String> enrollments) {
        Map<String, Choice> removed = new HashMap<>();
        form.forEach((name, value) -> {
            if (name.startsWith(CHOICE)) {
                removed.put(name.substring(CHOICE.length()), choice(value));
            }
        });
        int to = view.version() == null ? 0 : view.version();
        DueTimes dueTimes = form.containsKey("recalculate") ? DueTimes.RECALCULATE : DueTimes.KEEP;
        return new Migrations.Wanted(view.id(), from, to, enrollments, removed, Choice.NEXT, dueTimes);
    }

    private static Choice choice(String name) {
        try {
            return Choice.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidException("A removed step takes NEXT, DISCONNECT or STAY.");
        }
    }

    /** What the head of a sequence's page shows. */
    private SequenceView show(SequenceId id, Model model) {
        CurrentUser user = access.current();
        SequenceView view = sequences.view(user, id);
        model.addAttribute("sequence", view);
        model.addAttribute("tab", "versions");
        model.addAttribute(
                "hasTests",
                Outline.of(view.definition()).nodes().stream()
                        .anyMatch(node -> node.step().type() == Step.Type.AB_TEST));
        model.addAttribute("mayChange", sequences.mayChange(user, id));
        model.addAttribute("mayCopy", user.may(Right.CREATE_SEQUENCES));
        return view;
    }
}
