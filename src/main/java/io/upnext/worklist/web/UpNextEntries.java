package io.upnext.worklist.web;

import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.EnrollmentSteering;
import io.upnext.enrollment.EnrollmentView;
import io.upnext.enrollment.EnrollmentViews;
import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRunView;
import io.upnext.enrollment.StepRuns;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceQuery;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.worklist.UpNext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What a record's page shows of Up next: the sequences it is or was in, and those it could enter. */
@Component
class UpNextEntries {

    private static final int MOST_SEQUENCES = 250;

    private final UpNext upNext;
    private final Enrollments enrollments;
    private final StepRuns stepRuns;
    private final EnrollmentViews views;
    private final EnrollmentSteering steering;
    private final Sequences sequences;
    private final Users users;

    UpNextEntries(
            UpNext upNext,
            Enrollments enrollments,
            StepRuns stepRuns,
            EnrollmentViews views,
            EnrollmentSteering steering,
            Sequences sequences,
            Users users) {
        this.upNext = upNext;
        this.enrollments = enrollments;
        this.stepRuns = stepRuns;
        this.views = views;
        this.steering = steering;
        this.sequences = sequences;
        this.users = users;
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

    /** @param ended those that are over, too */
    List<Shown> of(CurrentUser user, RecordType type, RecordId id, boolean ended) {
        List<UpNext.Entry> entries = upNext.of(user, type, id, ended).enrollments();
        Map<EnrollmentId, String> names = names(id);
        Set<EnrollmentId> steerable = steering.steerable(
                user,
                enrollments.ofRecord(id).stream()
                        .filter(enrollment -> !enrollment.ended())
                        .toList());
        return entries.stream()
                .map(entry -> shown(user, entry, names, steerable))
                .toList();
    }

    /** The sequences the record could enter now, as far as can be told before it is tried. */
    List<SequenceView> connectable(CurrentUser user, RecordType type, RecordId id) {
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

    private Shown shown(
            CurrentUser user, UpNext.Entry entry, Map<EnrollmentId, String> names, Set<EnrollmentId> steerable) {
        EnrollmentView enrollment = entry.enrollment();
        Map<StepRunId, String> assignees = entry.current().stream()
                .filter(run -> run.assignee() != null)
                .collect(Collectors.toMap(StepRunView::id, run -> users.nameOf(run.assignee())));
        List<StepRun> runs = stepRuns.of(enrollment.id());
        List<StepRunView> history = history(user, runs);
        return new Shown(
                entry,
                names.getOrDefault(enrollment.id(), ""),
                assignees,
                workable(user, runs),
                history,
                stepRuns.leaving(history.stream().map(StepRunView::id).toList()),
                enrollment.previousEnrollment() == null ? null : names.get(enrollment.previousEnrollment()),
                enrollment.nextEnrollment() == null ? null : names.get(enrollment.nextEnrollment()),
                steerable.contains(enrollment.id()));
    }

    private Set<StepRunId> workable(CurrentUser user, List<StepRun> runs) {
        return runs.stream()
                .filter(run -> run.isWaitingToLeave() && stepRuns.mayWork(user, run))
                .map(StepRun::id)
                .collect(Collectors.toSet());
    }

    private List<StepRunView> history(CurrentUser user, List<StepRun> runs) {
        List<StepRun> over = runs.stream()
                .filter(run -> run.finishedAt() != null && run.type() != Step.Type.CONDITION)
                .sorted((a, b) -> b.finishedAt().compareTo(a.finishedAt()))
                .toList();
        return views.ofRuns(user, over);
    }
}
