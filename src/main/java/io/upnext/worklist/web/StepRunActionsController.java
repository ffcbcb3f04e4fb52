package io.upnext.worklist.web;

import io.upnext.operation.Operations.Result;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Problem;
import io.upnext.shared.ProblemException;
import io.upnext.shared.StepRunId;
import io.upnext.worklist.StepActions;
import io.upnext.worklist.StepActions.Done;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The same action on many steps; one that is refused never stops the others. */
@RestController
@RequestMapping("/api/v1/step-runs/actions")
class StepRunActionsController {

    private static final int MOST = 500;

    private final StepActions actions;
    private final Access access;

    StepRunActionsController(StepActions actions, Access access) {
        this.actions = actions;
        this.access = access;
    }

    enum Action {
        COMPLETE,
        SKIP,
        SNOOZE,
        ASSIGN,
        RETRY
    }

    /** Which of the values are read depends on the action, as for a single step. */
    record Bulk(
            Action action,
            List<String> ids,
            String outcome,
            String note,
            Boolean doneElsewhere,
            OffsetDateTime until,
            String to) {}

    record Results(List<Result> results) {}

    @PostMapping
    Results act(@RequestBody Bulk bulk) {
        check(bulk);
        CurrentUser user = access.current();
        return new Results(bulk.ids().stream().map(id -> one(user, id, bulk)).toList());
    }

    private static void check(Bulk bulk) {
        if (bulk.action() == null) {
            throw new InvalidException("'action' is missing; give COMPLETE, SKIP, SNOOZE, ASSIGN or RETRY.");
        }
        if (bulk.ids() == null || bulk.ids().stream().anyMatch(Objects::isNull)) {
            throw new InvalidException("'ids' is missing or holds a null; give a list of step runs.");
        }
        if (bulk.ids().size() > MOST) {
            throw new InvalidException(
                    "'ids' holds " + bulk.ids().size() + " steps; at most " + MOST + " are taken at once.");
        }
        if (bulk.action() == Action.ASSIGN && (bulk.to() == null || bulk.to().isBlank())) {
            throw new InvalidException("'to' is missing; give a user or a team.");
        }
        if (bulk.action() == Action.SNOOZE && bulk.until() == null) {
            throw new InvalidException("'until' is missing; give a time that is still to come.");
        }
    }

    private Result one(CurrentUser user, String item, Bulk bulk) {
        try {
            act(user, id(item), bulk);
            return Result.ok(item);
        } catch (ProblemException e) {
            return Result.refused(
                    item,
                    e.problems().isEmpty()
                            ? Problem.error("refused", e.getMessage())
                            : e.problems().get(0));
        } catch (ConcurrencyFailureException e) {
            return Result.refused(
                    item, Problem.error("refused", "Somebody else changed this step at the same moment; try again."));
        }
    }

    private static StepRunId id(String item) {
        try {
            return StepRunId.of(item);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException("There is no step run '" + item + "'.");
        }
    }

    private void act(CurrentUser user, StepRunId id, Bulk bulk) {
        switch (bulk.action()) {
            case COMPLETE ->
                actions.complete(user, id, new Done(bulk.outcome(), bulk.note(), null, null, bulk.doneElsewhere()));
            case SKIP -> actions.skip(user, id, bulk.note());
            case SNOOZE -> actions.snooze(user, id, bulk.until().toInstant());
            case ASSIGN -> actions.assign(user, id, bulk.to());
            case RETRY -> actions.retry(user, id);
        }
    }
}
