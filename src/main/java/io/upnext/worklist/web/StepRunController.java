package io.upnext.worklist.web;

import io.upnext.enrollment.EnrollmentViews;
import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRunView;
import io.upnext.enrollment.StepRuns;
import io.upnext.messaging.WaitingPreview;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.StepRunId;
import io.upnext.worklist.StepActions;
import io.upnext.worklist.StepActions.Done;
import java.time.OffsetDateTime;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/step-runs/{id}")
class StepRunController {

    private final StepRuns stepRuns;
    private final StepActions actions;
    private final EnrollmentViews views;
    private final Access access;

    StepRunController(StepRuns stepRuns, StepActions actions, EnrollmentViews views, Access access) {
        this.stepRuns = stepRuns;
        this.actions = actions;
        this.views = views;
        this.access = access;
    }

    @GetMapping
    StepRunView one(@PathVariable StepRunId id) {
        CurrentUser user = access.current();
        return views.ofRun(user, stepRuns.get(user, id));
    }

    @PostMapping("/complete")
    StepRunView complete(@PathVariable StepRunId id, @RequestBody(required = false) Done done) {
        CurrentUser user = access.current();
        return shown(user, actions.complete(user, id, done == null ? Done.NOTHING_SAID : done));
    }

    record Skip(String note) {}

    @PostMapping("/skip")
    StepRunView skip(@PathVariable StepRunId id, @RequestBody(required = false) Skip skip) {
        CurrentUser user = access.current();
        return shown(user, actions.skip(user, id, skip == null ? null : skip.note()));
    }

    /** An automated mail that waits for its planned time leaves at once. */
    @PostMapping("/send-now")
    StepRunView sendNow(@PathVariable StepRunId id) {
        CurrentUser user = access.current();
        return shown(user, stepRuns.sendNow(user, id));
    }

    @GetMapping("/preview")
    WaitingPreview preview(@PathVariable StepRunId id) {
        return stepRuns.preview(access.current(), id);
    }

    record Snooze(OffsetDateTime until) {}

    @PostMapping("/snooze")
    StepRunView snooze(@PathVariable StepRunId id, @RequestBody Snooze snooze) {
        if (snooze.until() == null) {
            throw new InvalidException("'until' is missing; give a time that is still to come.");
        }
        CurrentUser user = access.current();
        return shown(user, actions.snooze(user, id, snooze.until().toInstant()));
    }

    record Assign(String to) {}

    @PostMapping("/assign")
    StepRunView assign(@PathVariable StepRunId id, @RequestBody Assign assign) {
        if (assign.to() == null || assign.to().isBlank()) {
            throw new InvalidException("'to' is missing; give a user or a team.");
        }
        CurrentUser user = access.current();
        return shown(user, actions.assign(user, id, assign.to()));
    }

    record Note(String note) {}

    @PostMapping("/note")
    StepRunView note(@PathVariable StepRunId id, @RequestBody Note note) {
        CurrentUser user = access.current();
        return shown(user, actions.note(user, id, note.note()));
    }

    @PostMapping("/end-wait")
    StepRunView endWait(@PathVariable StepRunId id) {
        CurrentUser user = access.current();
        return shown(user, actions.endWait(user, id));
    }

    @PostMapping("/retry")
    StepRunView retry(@PathVariable StepRunId id) {
        CurrentUser user = access.current();
        return shown(user, actions.retry(user, id));
    }

    /** A person does what the automated step was to do. */
    @PostMapping("/make-manual")
    StepRunView makeManual(@PathVariable StepRunId id) {
        CurrentUser user = access.current();
        return shown(user, actions.makeManual(user, id));
    }

    private StepRunView shown(CurrentUser user, StepRun run) {
        return views.ofRun(user, run);
    }
}
