package io.upnext.worklist.web;

import io.upnext.operation.Operations.Result;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.ProblemException;
import io.upnext.web.Flash;
import io.upnext.worklist.StepAction;
import io.upnext.worklist.StepAction.Kind;
import io.upnext.worklist.StepBulk;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One action on the chosen steps of the work list, or on all that its filter finds. */
@Controller
class WorkManyPage {

    private final StepBulk bulk;
    private final WorkLists lists;
    private final Snoozes snoozes;
    private final Access access;

    WorkManyPage(StepBulk bulk, WorkLists lists, Snoozes snoozes, Access access) {
        this.bulk = bulk;
        this.lists = lists;
        this.snoozes = snoozes;
        this.access = access;
    }

    /** @param preset of SNOOZE @param assignee of ASSIGN @param outcome of calls that are completed */
    record Wanted(
            Kind action, List<String> ids, Boolean all, String preset, String assignee, String note, String outcome) {}

    @PostMapping("/work/actions")
    String act(WorkFilter filter, Wanted wanted, RedirectAttributes redirect) {
        CurrentUser user = access.current();
        try {
            StepAction action = action(user, wanted);
            action.check();
            if (Boolean.TRUE.equals(wanted.all())) {
                bulk.submit(user, action, filter.query());
                Flash.done(redirect, "people.many.started");
            } else {
                tell(
                        redirect,
                        "people.many.done",
                        bulk.now(user, action, wanted.ids() == null ? List.of() : wanted.ids()));
            }
        } catch (ProblemException e) {
            Flash.failed(redirect, "sequence.refused", e.getMessage());
        }
        return "redirect:" + filter.address(null);
    }

    /**
     * How it went, on the next page.
     *
     * @param done says of how many it was done, where none was refused
     */
    static void tell(RedirectAttributes redirect, String done, List<Result> results) {
        List<Result> refused = results.stream().filter(result -> !result.ok()).toList();
        if (results.isEmpty()) {
            Flash.failed(redirect, "people.many.nothing");
        } else if (refused.isEmpty()) {
            Flash.done(redirect, done, results.size());
        } else {
            Flash.failed(
                    redirect,
                    "people.many.refused",
                    results.size() - refused.size(),
                    refused.size(),
                    refused.get(0).problem().message());
        }
    }

    /** Mails and texts of many steps are not written here: completing them says that it was done elsewhere. */
    private StepAction action(CurrentUser user, Wanted wanted) {
        OffsetDateTime until = wanted.action() == Kind.SNOOZE
                ? snoozes.read(wanted.preset(), null, lists.zone(user)).atOffset(ZoneOffset.UTC)
                : null;
        return new StepAction(
                wanted.action(),
                given(wanted.outcome()),
                given(wanted.note()),
                wanted.action() == Kind.COMPLETE,
                until,
                wanted.assignee());
    }

    private static String given(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
