package io.upnext.worklist.web;

import io.upnext.enrollment.Incidents;
import io.upnext.enrollment.Incidents.Incident;
import io.upnext.security.Access;
import io.upnext.sequence.Sequences;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.ProblemException;
import io.upnext.shared.StepRunId;
import io.upnext.web.Flash;
import io.upnext.worklist.StepAction;
import io.upnext.worklist.StepActions;
import io.upnext.worklist.StepBulk;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Failed steps with their cause and what to do. */
@Controller
class IncidentPage {

    private static final Set<StepAction.Kind> SOLUTIONS =
            EnumSet.of(StepAction.Kind.RETRY, StepAction.Kind.MAKE_MANUAL, StepAction.Kind.SKIP);

    private final Incidents incidents;
    private final Sequences sequences;
    private final StepActions actions;
    private final StepBulk bulk;
    private final Access access;

    IncidentPage(Incidents incidents, Sequences sequences, StepActions actions, StepBulk bulk, Access access) {
        this.incidents = incidents;
        this.sequences = sequences;
        this.actions = actions;
        this.bulk = bulk;
        this.access = access;
    }

    @GetMapping("/incidents")
    String list(PageQuery page, Model model) {
        Paged<Incident> list = incidents.page(access.current(), page);
        model.addAttribute("list", list);
        model.addAttribute(
                "sequences",
                sequences.findAll(list.items().stream().map(Incident::sequence).collect(Collectors.toSet())));
        return "worklist/incidents";
    }

    @PostMapping("/incidents/{id}/retry")
    String retry(@PathVariable StepRunId id, RedirectAttributes redirect) {
        return after(redirect, "incidents.retried", () -> actions.retry(access.current(), id));
    }

    @PostMapping("/incidents/{id}/skip")
    String skip(@PathVariable StepRunId id, RedirectAttributes redirect) {
        return after(redirect, "incidents.skipped", () -> actions.skip(access.current(), id, null));
    }

    @PostMapping("/incidents/{id}/make-manual")
    String makeManual(@PathVariable StepRunId id, RedirectAttributes redirect) {
        return after(redirect, "steps.made-manual", () -> actions.makeManual(access.current(), id));
    }

    /** @param action RETRY, MAKE_MANUAL or SKIP */
    @PostMapping("/incidents/actions")
    String many(
            @RequestParam StepAction.Kind action,
            @RequestParam(required = false) List<String> ids,
            RedirectAttributes redirect) {
        if (!SOLUTIONS.contains(action)) {
            throw new InvalidException("'action' must be RETRY, MAKE_MANUAL or SKIP.");
        }
        StepAction solution = new StepAction(action, null, null, null, null, null);
        String done = action == StepAction.Kind.RETRY ? "steps.incidents.retried" : "people.many.done";
        WorkManyPage.tell(redirect, done, bulk.now(access.current(), solution, ids == null ? List.of() : ids));
        return "redirect:/incidents";
    }

    private static String after(RedirectAttributes redirect, String done, Runnable action) {
        try {
            action.run();
            Flash.done(redirect, done);
        } catch (ProblemException e) {
            Flash.failed(redirect, "incidents.refused", e.getMessage());
        }
        return "redirect:/incidents";
    }
}
