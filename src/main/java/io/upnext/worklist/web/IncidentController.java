package io.upnext.worklist.web;

import io.upnext.enrollment.EnrollmentViews;
import io.upnext.enrollment.Incidents;
import io.upnext.enrollment.Incidents.Incident;
import io.upnext.enrollment.StepRunView;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.StepRunId;
import io.upnext.worklist.StepActions;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/incidents")
class IncidentController {

    private final Incidents incidents;
    private final StepActions actions;
    private final EnrollmentViews views;
    private final Access access;

    IncidentController(Incidents incidents, StepActions actions, EnrollmentViews views, Access access) {
        this.incidents = incidents;
        this.actions = actions;
        this.views = views;
        this.access = access;
    }

    @GetMapping
    Paged<Incident> list(PageQuery page) {
        return incidents.page(access.current(), page);
    }

    @GetMapping("/{id}")
    Incident one(@PathVariable StepRunId id) {
        return incidents.get(access.current(), id);
    }

    /** Answers the step run as it is after the try. */
    @PostMapping("/{id}/retry")
    StepRunView retry(@PathVariable StepRunId id) {
        CurrentUser user = access.current();
        return views.ofRun(user, actions.retry(user, id));
    }
}
