package io.upnext.worklist.web;

import io.upnext.enrollment.EnrollmentViews;
import io.upnext.enrollment.OpenSteps;
import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRunView;
import io.upnext.enrollment.WorkListQuery;
import io.upnext.enrollment.WorkListQuery.Due;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Step;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/work-list")
class WorkListController {

    private final OpenSteps openSteps;
    private final EnrollmentViews views;
    private final Access access;

    WorkListController(OpenSteps openSteps, EnrollmentViews views, Access access) {
        this.openSteps = openSteps;
        this.views = views;
        this.access = access;
    }

    /** Who asks for what is snoozed means all of it, whenever it is due. */
    @GetMapping
    Paged<StepRunView> list(
            @RequestParam(required = false) Due due,
            @RequestParam(required = false) Step.Type type,
            @RequestParam(required = false) SequenceId sequence,
            @RequestParam(required = false) RecordType recordType,
            @RequestParam(required = false) Boolean snoozed,
            PageQuery page) {
        CurrentUser user = access.current();
        Due wanted = due != null ? due : Boolean.TRUE.equals(snoozed) ? Due.ALL : Due.TODAY;
        WorkListQuery query = new WorkListQuery(wanted, type, sequence, recordType, snoozed);
        Paged<StepRun> found = openSteps.page(user, query, page);
        return Paged.of(views.ofRuns(user, found.items()), page, found.total());
    }

    @GetMapping("/counts")
    OpenSteps.Counts counts() {
        return openSteps.counts(access.current());
    }
}
