package io.upnext.worklist;

import io.upnext.enrollment.OpenSteps;
import io.upnext.enrollment.WorkListQuery;
import io.upnext.operation.Operations;
import io.upnext.operation.Operations.Result;
import io.upnext.security.CurrentUser;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.OperationId;
import io.upnext.shared.Problem;
import io.upnext.shared.ProblemException;
import io.upnext.shared.StepRunId;
import io.upnext.worklist.StepActions.Done;
import java.util.List;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/** One action on many steps; one that is refused never stops the others. */
@Component
public class StepBulk {

    private final StepActions actions;
    private final OpenSteps openSteps;
    private final Operations operations;

    StepBulk(StepActions actions, OpenSteps openSteps, Operations operations) {
        this.actions = actions;
        this.openSteps = openSteps;
        this.operations = operations;
    }

    /** At once, each in a transaction of its own; the results are in the order of the ids. */
    public List<Result> now(CurrentUser user, StepAction action, List<String> ids) {
        return ids.stream().map(id -> one(user, action, id)).toList();
    }

    /** In the background: everything of the caller's work list that the query finds now. */
    public OperationId submit(CurrentUser user, StepAction action, WorkListQuery query) {
        List<String> ids =
                openSteps.ids(user, query).stream().map(StepRunId::toString).toList();
        return operations.submit(StepActionOperation.KIND, user, action, ids);
    }

    private Result one(CurrentUser user, StepAction action, String item) {
        try {
            act(user, item, action);
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

    void act(CurrentUser user, String item, StepAction action) {
        StepRunId id = id(item);
        switch (action.kind()) {
            case COMPLETE ->
                actions.complete(
                        user, id, new Done(action.outcome(), action.note(), null, null, action.doneElsewhere()));
            case SKIP -> actions.skip(user, id, action.note());
            case SNOOZE -> actions.snooze(user, id, action.until().toInstant());
            case ASSIGN -> actions.assign(user, id, action.to());
            case NOTE -> actions.note(user, id, action.note());
            case END_WAIT -> actions.endWait(user, id);
            case RETRY -> actions.retry(user, id);
            case MAKE_MANUAL -> actions.makeManual(user, id);
        }
    }
}
