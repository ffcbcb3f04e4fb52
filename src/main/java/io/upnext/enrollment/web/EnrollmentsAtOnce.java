package io.upnext.enrollment.web;

import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.EnrollmentAction;
import io.upnext.enrollment.EnrollmentActions;
import io.upnext.operation.Operations;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.OperationId;
import io.upnext.shared.SequenceId;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Pauses, resumes or disconnects many connected records of a sequence's page, and shows how far that is. */
@Controller
@RequestMapping("/sequences/{id}/enrollments-at-once")
class EnrollmentsAtOnce {

    private final EnrollmentActions actions;
    private final Operations operations;
    private final Access access;

    EnrollmentsAtOnce(EnrollmentActions actions, Operations operations, Access access) {
        this.actions = actions;
        this.operations = operations;
        this.access = access;
    }

    /**
     * @param all everything that runs (in the state the list shows, where it shows one), else the chosen ones
     * @param shown the state the list shows, null for every state
     */
    @PostMapping
    String start(
            @PathVariable SequenceId id,
            @RequestParam EnrollmentAction action,
            @RequestParam(required = false) List<String> ids,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(required = false) Enrollment.State shown,
            Model model) {
        CurrentUser user = access.current();
        if (!all && (ids == null || ids.isEmpty())) {
            return "enrollment/at-once :: nothing";
        }
        OperationId operation = all ? actions.submitForAll(user, action, id, shown) : actions.submit(user, action, ids);
        return progress(id, operation, model);
    }

    @GetMapping("/{operation}")
    String progress(@PathVariable SequenceId id, @PathVariable OperationId operation, Model model) {
        model.addAttribute("sequenceId", id);
        model.addAttribute("progress", operations.progress(access.current(), operation));
        return "enrollment/at-once :: progress";
    }
}
