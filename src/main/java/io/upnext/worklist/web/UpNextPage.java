package io.upnext.worklist.web;

import io.upnext.enrollment.ConnectNow;
import io.upnext.enrollment.EnrollmentAction;
import io.upnext.enrollment.EnrollmentSteering;
import io.upnext.enrollment.StepRuns;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UnprocessableException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Up next as a part of a record's page. */
@Controller
class UpNextPage {

    private final UpNextEntries entries;
    private final StepRuns stepRuns;
    private final EnrollmentSteering steering;
    private final ConnectNow connecting;
    private final Access access;

    UpNextPage(
            UpNextEntries entries,
            StepRuns stepRuns,
            EnrollmentSteering steering,
            ConnectNow connecting,
            Access access) {
        this.entries = entries;
        this.stepRuns = stepRuns;
        this.steering = steering;
        this.connecting = connecting;
        this.access = access;
    }

    @GetMapping("/records/{type}/{id}/up-next")
    String upNext(
            @PathVariable String type,
            @PathVariable RecordId id,
            @RequestParam(defaultValue = "false") boolean ended,
            Model model) {
        return show(type, id, ended, model);
    }

    @PostMapping("/records/{type}/{id}/up-next/{run}/send-now")
    String sendNow(@PathVariable String type, @PathVariable RecordId id, @PathVariable StepRunId run, Model model) {
        stepRuns.sendNow(access.current(), run);
        return show(type, id, false, model);
    }

    @PostMapping("/records/{type}/{id}/up-next/{run}/skip")
    String skip(@PathVariable String type, @PathVariable RecordId id, @PathVariable StepRunId run, Model model) {
        stepRuns.skip(access.current(), run, null);
        return show(type, id, false, model);
    }

    @PostMapping("/records/{type}/{id}/up-next/{run}/make-manual")
    String makeManual(@PathVariable String type, @PathVariable RecordId id, @PathVariable StepRunId run, Model model) {
        stepRuns.makeManual(access.current(), run);
        return show(type, id, false, model);
    }

    @GetMapping("/records/{type}/{id}/up-next/{run}/preview")
    String preview(@PathVariable StepRunId run, Model model) {
        model.addAttribute("mail", stepRuns.preview(access.current(), run));
        return "worklist/planned-mail :: preview";
    }

    private String show(String type, RecordId id, boolean ended, Model model) {
        CurrentUser user = access.current();
        model.addAttribute("entries", entries.of(user, RecordType.ofPlural(type), id, ended));
        model.addAttribute("connectable", entries.connectable(user, RecordType.ofPlural(type), id));
        model.addAttribute("holdPath", "/records/" + type + "/" + id + "/up-next");
        model.addAttribute("endedPath", ended ? null : "/records/" + type + "/" + id + "/up-next?ended=true");
        return "worklist/up-next :: up-next";
    }

    @PostMapping("/records/{type}/{id}/up-next/connect")
    String connect(
            @PathVariable String type, @PathVariable RecordId id, @RequestParam SequenceId sequence, Model model) {
        try {
            RecordType known = RecordType.ofPlural(type);
            connecting.connect(access.current(), new ConnectNow.Wanted(sequence, known, id, null, null, null, null));
        } catch (UnprocessableException refused) {
            model.addAttribute("mistake", refused.getMessage());
        }
        return show(type, id, false, model);
    }

    /** {@code end-hold}: the recipient is back, what was held back goes on. */
    @PostMapping("/records/{type}/{id}/up-next/{enrollment}/{action:end-hold|end-wait|pause|resume|disconnect}")
    String steer(
            @PathVariable String type,
            @PathVariable RecordId id,
            @PathVariable EnrollmentId enrollment,
            @PathVariable String action,
            Model model) {
        try {
            steering.act(access.current(), enrollment, EnrollmentAction.named(action));
        } catch (ConflictException late) {
            model.addAttribute("mistake", late.getMessage());
        }
        return show(type, id, false, model);
    }
}
