package io.upnext.worklist.web;

import io.upnext.enrollment.WorkListQuery;
import io.upnext.enrollment.WorkListQuery.Due;
import io.upnext.operation.Operations.Result;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Step;
import io.upnext.shared.InvalidException;
import io.upnext.shared.OperationId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.worklist.StepAction;
import io.upnext.worklist.StepBulk;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The same action on many steps: on some at once, on all that a filter of the work list finds in the background. */
@RestController
@RequestMapping("/api/v1/step-runs/actions")
class StepRunActionsController {

    private static final int MOST = 500;

    private final StepBulk bulk;
    private final Access access;

    StepRunActionsController(StepBulk bulk, Access access) {
        this.bulk = bulk;
        this.access = access;
    }

    /** As the work list's parameters; without {@code due} all of it is meant. */
    record Which(Due due, Step.Type type, SequenceId sequence, RecordType recordType, Boolean snoozed) {
        WorkListQuery query() {
            return new WorkListQuery(due == null ? Due.ALL : due, type, sequence, recordType, snoozed);
        }
    }

    /** Which of the values are read depends on the action, as for a single step. */
    record Bulk(
            StepAction.Kind action,
            List<String> ids,
            Which filter,
            String outcome,
            String note,
            Boolean doneElsewhere,
            OffsetDateTime until,
            String to) {
        StepAction wanted() {
            return new StepAction(action, outcome, note, doneElsewhere, until, to);
        }
    }

    record Results(List<Result> results) {}

    record Started(OperationId operation) {}

    @PostMapping
    ResponseEntity<?> act(@RequestBody Bulk wanted) {
        StepAction action = wanted.wanted();
        action.check();
        if ((wanted.ids() == null) == (wanted.filter() == null)) {
            throw new InvalidException("Give either 'ids' or 'filter'.");
        }
        CurrentUser user = access.current();
        if (wanted.filter() != null) {
            return ResponseEntity.accepted()
                    .body(new Started(bulk.submit(user, action, wanted.filter().query())));
        }
        checkIds(wanted.ids());
        return ResponseEntity.ok(new Results(bulk.now(user, action, wanted.ids())));
    }

    private static void checkIds(List<String> ids) {
        if (ids.stream().anyMatch(Objects::isNull)) {
            throw new InvalidException("'ids' holds a null; give a list of step runs.");
        }
        if (ids.size() > MOST) {
            throw new InvalidException("'ids' holds " + ids.size() + " steps; at most " + MOST
                    + " are taken at once, any number with 'filter'.");
        }
    }
}
