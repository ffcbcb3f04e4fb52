package io.upnext.enrollment.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.EnrollmentAction;
import io.upnext.enrollment.EnrollmentActions;
import io.upnext.enrollment.EnrollmentSteering;
import io.upnext.enrollment.EnrollmentView;
import io.upnext.enrollment.EnrollmentViews;
import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.StepRunView;
import io.upnext.enrollment.StepRuns;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Span;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.InvalidException;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.SequenceId;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class EnrollmentController {

    private static final int MOST_RECORDS = 100_000;

    private final Enrollments enrollments;
    private final EnrollmentActions actions;
    private final EnrollmentSteering steering;
    private final EnrollmentViews views;
    private final StepRuns stepRuns;
    private final Access access;

    EnrollmentController(
            Enrollments enrollments,
            EnrollmentActions actions,
            EnrollmentSteering steering,
            EnrollmentViews views,
            StepRuns stepRuns,
            Access access) {
        this.enrollments = enrollments;
        this.actions = actions;
        this.steering = steering;
        this.views = views;
        this.stepRuns = stepRuns;
        this.access = access;
    }

    record Connect(
            List<String> recordIds, @JsonProperty("wait") Span delay, String startAtStep, String source) {}

    record Started(OperationId operation) {}

    @PostMapping("/sequences/{id}/enrollments")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Started connect(@PathVariable SequenceId id, @RequestBody Connect wanted) {
        checkIds("recordIds", wanted.recordIds());
        return new Started(enrollments.connect(
                access.current(), id, wanted.recordIds(), wanted.delay(), wanted.startAtStep(), wanted.source()));
    }

    @GetMapping("/sequences/{id}/enrollments")
    Paged<EnrollmentView> ofSequence(
            @PathVariable SequenceId id, @RequestParam(required = false) Enrollment.State state, PageQuery page) {
        CurrentUser user = access.current();
        Paged<Enrollment> found = enrollments.ofSequence(user, id, state, page);
        return Paged.of(views.of(user, found.items()), page, found.total());
    }

    @GetMapping("/enrollments/{id}")
    EnrollmentView one(@PathVariable EnrollmentId id) {
        CurrentUser user = access.current();
        return views.of(user, enrollments.get(user, id));
    }

    /** In the order in which they were entered. */
    @GetMapping("/enrollments/{id}/step-runs")
    Paged<StepRunView> stepRuns(@PathVariable EnrollmentId id, PageQuery page) {
        CurrentUser user = access.current();
        enrollments.get(user, id);
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Step runs of an enrollment cannot be sorted; they come as they were entered.");
        }
        var all = stepRuns.of(id);
        var shown = all.stream().skip(page.offset()).limit(page.size()).toList();
        return Paged.of(views.ofRuns(user, shown), page, all.size());
    }

    @PostMapping("/enrollments/{id}/disconnect")
    EnrollmentView disconnect(@PathVariable EnrollmentId id) {
        return act(id, EnrollmentAction.DISCONNECT);
    }

    @PostMapping("/enrollments/{id}/pause")
    EnrollmentView pause(@PathVariable EnrollmentId id) {
        return act(id, EnrollmentAction.PAUSE);
    }

    @PostMapping("/enrollments/{id}/resume")
    EnrollmentView resume(@PathVariable EnrollmentId id) {
        return act(id, EnrollmentAction.RESUME);
    }

    @PostMapping("/enrollments/{id}/end-wait")
    EnrollmentView endWait(@PathVariable EnrollmentId id) {
        return act(id, EnrollmentAction.END_WAIT);
    }

    /** The recipient is not away any more. */
    @PostMapping("/enrollments/{id}/end-hold")
    EnrollmentView endHold(@PathVariable EnrollmentId id) {
        return act(id, EnrollmentAction.END_HOLD);
    }

    private EnrollmentView act(EnrollmentId id, EnrollmentAction action) {
        CurrentUser user = access.current();
        return views.of(user, steering.act(user, id, action));
    }

    /** @param state null for everything that runs */
    record Which(SequenceId sequence, Enrollment.State state) {}

    record Bulk(EnrollmentAction action, List<String> ids, Which filter) {}

    @PostMapping("/enrollments/actions")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Started act(@RequestBody Bulk bulk) {
        if (bulk.action() == null) {
            throw new InvalidException(
                    "'action' is missing; DISCONNECT, PAUSE, RESUME, END_WAIT and END_HOLD are possible.");
        }
        if ((bulk.ids() == null) == (bulk.filter() == null)) {
            throw new InvalidException("Give either 'ids' or 'filter'.");
        }
        CurrentUser user = access.current();
        if (bulk.filter() == null) {
            checkIds("ids", bulk.ids());
            return new Started(actions.submit(user, bulk.action(), bulk.ids()));
        }
        if (bulk.filter().sequence() == null) {
            throw new InvalidException("'filter.sequence' is missing; name the sequence whose records are meant.");
        }
        return new Started(actions.submitForAll(
                user, bulk.action(), bulk.filter().sequence(), bulk.filter().state()));
    }

    private static void checkIds(String name, List<String> ids) {
        if (ids == null || ids.stream().anyMatch(Objects::isNull)) {
            throw new InvalidException("'" + name + "' is missing or holds a null; give a list of ids.");
        }
        if (ids.size() > MOST_RECORDS) {
            throw new InvalidException(
                    "'" + name + "' holds " + ids.size() + " ids; at most " + MOST_RECORDS + " are taken at once.");
        }
        if (ids.stream().anyMatch(id -> id.indexOf('\0') >= 0)) {
            throw new InvalidException("'" + name + "' holds a character that no id has.");
        }
    }
}
