package io.upnext.worklist.web;

import io.upnext.enrollment.ConnectNow;
import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.EnrollmentAction;
import io.upnext.enrollment.EnrollmentSteering;
import io.upnext.enrollment.EnrollmentView;
import io.upnext.enrollment.EnrollmentViews;
import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRunView;
import io.upnext.enrollment.StepRuns;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceQuery;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UnprocessableException;
import io.upnext.worklist.UpNext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Up next as a part of a record's page. */
@Controller
class UpNextPage {

    private static final int MOST_SEQUENCES = 250;

    private final UpNext upNext;
    private final Enrollments enrollments;
    private final StepRuns stepRuns;
    private final EnrollmentViews views;
    private final Sequences sequences;
    private final Users users;
    private final Access access;
    private final EnrollmentSteering steering;
    private final ConnectNow connecting;

    UpNextPage(
            UpNext upNext,
            Enrollments enrollments,
            StepRuns stepRuns,
            EnrollmentViews views,
            Sequences sequences,
            Users users,
            Access access,
            EnrollmentSteering steering,
            ConnectNow connecting) {
        this.upNext = upNext;
        this.enrollments = enrollments;
        this.stepRuns = stepRuns;
        this.views = views;
        this.sequences = sequences;
        this.users = users;
        this.access = access;
        this.steering = steering;
        this.connecting = connecting;
    }

    /**
     * @param workable mails and texts that wait and that the viewer may send now or skip
     * @param history steps that are over, newest first, without conditions
     * @param leaving when the mails and texts of such steps leave, where they still wait
     * @param before the sequence it was advanced from, or null
     * @param after the sequence it was advanced to, or null
     * @param steerable may the viewer pause, resume and disconnect it?
     */
    record Shown(
            UpNext.Entry entry,
            String sequence,
            Map<StepRunId, String> assignees,
            Set<StepRunId> workable,
            List<StepRunView> history,
            Map<StepRunId, Instant> leaving,
            String before,
            String after,
            boolean steerable) {

        /** Is there a wait that somebody could end? */
        public boolean waits() {
            return entry.enrollment().state() == Enrollment.State.CONNECTING
                    || entry.current().stream()
                            .anyMatch(
                                    run -> run.step().type() == Step.Type.WAIT && run.state() == StepRun.State.WAITING);
        }
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
        List<UpNext.Entry> entries =
                upNext.of(user, RecordType.ofPlural(type), id, ended).enrollments();
        Map<EnrollmentId, String> names = names(id);
        Set<EnrollmentId> steerable = steering.steerable(
                user,
                enrollments.ofRecord(id).stream()
                        .filter(enrollment -> !enrollment.ended())
                        .toList());
        model.addAttribute(
                "entries",
                entries.stream()
                        .map(entry -> shown(user, entry, names, steerable))
                        .toList());
        model.addAttribute("connectable", connectable(user, RecordType.ofPlural(type), id));
        model.addAttribute("holdPath", "/records/" + type + "/" + id + "/up-next");
        model.addAttribute("endedPath", ended ? null : "/records/" + type + "/" + id + "/up-next?ended=true");
        return "worklist/up-next :: up-next";
    }

    /** The sequences the record could enter now, as far as can be told before it is tried. */
    private List<SequenceView> connectable(CurrentUser user, RecordType type, RecordId id) {
        if (!user.may(Right.CONNECT_RECORDS)) {
            return List.of();
        }
        Set<SequenceId> in = enrollments.ofRecord(id).stream()
                .filter(enrollment -> !enrollment.ended())
                .map(Enrollment::sequence)
                .collect(Collectors.toSet());
        return sequences
                .list(user, new SequenceQuery(Sequence.State.ACTIVE, type, null, null), PageQuery.first(MOST_SEQUENCES))
                .items()
                .stream()
                .filter(sequence -> !in.contains(sequence.id()))
                .toList();
    }

    /** The names of the sequences of everything the record was ever in. */
    private Map<EnrollmentId, String> names(RecordId id) {
        List<Enrollment> all = enrollments.ofRecord(id);
        Map<SequenceId, Sequence> known =
                sequences.findAll(all.stream().map(Enrollment::sequence).collect(Collectors.toSet()));
        return all.stream()
                .filter(enrollment -> known.containsKey(enrollment.sequence()))
                .collect(Collectors.toMap(Enrollment::id, enrollment -> known.get(enrollment.sequence())
                        .name()));
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

    private Shown shown(
            CurrentUser user, UpNext.Entry entry, Map<EnrollmentId, String> names, Set<EnrollmentId> steerable) {
        EnrollmentView enrollment = entry.enrollment();
        Map<StepRunId, String> assignees = entry.current().stream()
                .filter(run -> run.assignee() != null)
                .collect(Collectors.toMap(StepRunView::id, run -> users.nameOf(run.assignee())));
        List<StepRunView> history = history(user, entry);
        return new Shown(
                entry,
                names.getOrDefault(enrollment.id(), ""),
                assignees,
                workable(user, entry),
                history,
                stepRuns.leaving(history.stream().map(StepRunView::id).toList()),
                enrollment.previousEnrollment() == null ? null : names.get(enrollment.previousEnrollment()),
                enrollment.nextEnrollment() == null ? null : names.get(enrollment.nextEnrollment()),
                steerable.contains(enrollment.id()));
    }

    private Set<StepRunId> workable(CurrentUser user, UpNext.Entry entry) {
        return stepRuns.of(entry.enrollment().id()).stream()
                .filter(run -> run.isWaitingToLeave() && stepRuns.mayWork(user, run))
                .map(StepRun::id)
                .collect(Collectors.toSet());
    }

    private List<StepRunView> history(CurrentUser user, UpNext.Entry entry) {
        List<StepRun> over = stepRuns.of(entry.enrollment().id()).stream()
                .filter(run -> run.finishedAt() != null && run.type() != Step.Type.CONDITION)
                .sorted((a, b) -> b.finishedAt().compareTo(a.finishedAt()))
                .toList();
        return views.ofRuns(user, over);
    }
}
