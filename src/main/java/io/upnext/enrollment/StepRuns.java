package io.upnext.enrollment;

import io.upnext.messaging.Outbox;
import io.upnext.messaging.WaitingPreview;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.TeamId;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * The visits of enrollments to steps, and what people do with those that are theirs. A step that is no longer open
 * refuses every action with a {@link ConflictException}.
 */
@Component
public class StepRuns {

    private final StepRunRows rows;
    private final EnrollmentRows enrollments;
    private final EnrollmentContexts contexts;
    private final ManualSteps manualSteps;
    private final ManualTurns turns;
    private final SequenceRuntime runtime;
    private final Outbox outbox;
    private final Records records;
    private final Users users;
    private final Retries retries;
    private final Clock clock;

    StepRuns(
            StepRunRows rows,
            EnrollmentRows enrollments,
            EnrollmentContexts contexts,
            ManualSteps manualSteps,
            ManualTurns turns,
            SequenceRuntime runtime,
            Outbox outbox,
            Records records,
            Users users,
            Retries retries,
            Clock clock) {
        this.rows = rows;
        this.enrollments = enrollments;
        this.contexts = contexts;
        this.manualSteps = manualSteps;
        this.turns = turns;
        this.runtime = runtime;
        this.outbox = outbox;
        this.records = records;
        this.users = users;
        this.retries = retries;
        this.clock = clock;
    }

    /** @throws NotFoundException where there is none or the user may not see its record */
    public StepRun get(CurrentUser user, StepRunId id) {
        return rows.find(id)
                .filter(run -> mine(user, run) || seesRecord(user, run))
                .orElseThrow(() -> new NotFoundException("There is no step run '" + id + "'."));
    }

    /** Every manual step that waits for this user, by due time; those of the user's teams are not among them. */
    public List<StepRunId> openOf(UserId assignee) {
        return rows.openOf(assignee);
    }

    public List<StepRun> of(EnrollmentId enrollment) {
        return rows.of(enrollment);
    }

    /** When the mails and texts of these step runs leave, where they still wait; caps hold for what sellers write, too. */
    public Map<StepRunId, Instant> leaving(Collection<StepRunId> runs) {
        return outbox.planned(runs);
    }

    /** The same, with the planned times of automated mails and texts that have not left yet. */
    public List<StepRun> withPlannedTimes(Collection<StepRun> runs) {
        Map<StepRunId, Instant> planned = outbox.planned(
                runs.stream().filter(StepRun::isWaitingToLeave).map(StepRun::id).toList());
        return runs.stream()
                .map(run -> planned.containsKey(run.id()) ? run.withDueAt(planned.get(run.id())) : run)
                .toList();
    }

    /**
     * Sends an automated mail or text that waits for its planned time now: its window and gap no longer count, everything else
     * does. It holds no lock of the enrollment meanwhile, because the dispatcher locks the message first; should the
     * enrollment end at the same moment, the dispatcher finds that out.
     *
     * @throws ConflictException where it does not wait, or may not leave now
     */
    public StepRun sendNow(CurrentUser user, StepRunId id) {
        StepRun run = workable(user, id);
        if (!run.isWaitingToLeave()) {
            throw new ConflictException("The step '" + run.stepName() + "' is no mail or text that waits to be sent.");
        }
        checkNotPaused(enrollments.find(run.enrollment()).orElseThrow());
        outbox.sendNow(id);
        return rows.find(id).orElseThrow();
    }

    /** What an automated mail or text that waits would say if it left now. */
    public WaitingPreview preview(CurrentUser user, StepRunId id) {
        StepRun run = get(user, id);
        if (!run.isWaitingToLeave()) {
            throw new ConflictException("The step '" + run.stepName() + "' is no mail or text that waits to be sent.");
        }
        return outbox.preview(id);
    }

    /** What these records are at now: open, waiting and failed steps. */
    public List<StepRun> current(Collection<RecordId> of) {
        return of.isEmpty() ? List.of() : rows.current(of);
    }

    /**
     * Completes a manual step with its evidence.
     *
     * @throws io.upnext.shared.UnprocessableException where the evidence is missing
     */
    public StepRun complete(CurrentUser user, StepRunId id, Completion completion) {
        return act(user, id, run -> {
            manualSteps.check(run, completion);
            runtime.complete(run.taskId(), completion);
        });
    }

    /**
     * Skips a manual step, an automated mail or text that has not left yet, or any automated step that has failed; conditions on it
     * take No. Skipping an advance completes the enrollment.
     */
    public StepRun skip(CurrentUser user, StepRunId id, String note) {
        return onLocked(user, id, run -> {
            if (run.isOpen()) {
                runtime.complete(run.taskId(), Completion.skipped(user.id(), note));
            } else if (run.state() == StepRun.State.FAILED && run.executionId() == null) {
                passed(user, run, note);
            } else if (run.sends() && run.finishedAt() == null && takenBack(run)) {
                rows.finish(run.id(), StepRun.State.SKIPPED, "SKIPPED", note, user.id(), clock.instant());
                enrollments.state(run.enrollment(), Enrollment.State.CONNECTED);
                contexts.forget(run.enrollment());
                runtime.proceed(contexts.lock(run.enrollment()).enrollment(), run);
            } else {
                throw notOpen(run);
            }
        });
    }

    /** It failed where the engine begins the step, so there is nothing yet that could be settled. */
    private void passed(CurrentUser user, StepRun run, String note) {
        rows.finish(run.id(), StepRun.State.SKIPPED, "SKIPPED", note, user.id(), clock.instant());
        enrollments.state(run.enrollment(), Enrollment.State.CONNECTED);
        contexts.forget(run.enrollment());
        runtime.pass(contexts.lock(run.enrollment()).enrollment().processInstanceId(), run.stepId());
    }

    private boolean takenBack(StepRun run) {
        return run.state() == StepRun.State.FAILED || outbox.cancel(run.id());
    }

    /** @param until later than now; null ends the snooze */
    public StepRun snooze(CurrentUser user, StepRunId id, Instant until) {
        return act(user, id, run -> {
            rows.snooze(run.id(), until);
            runtime.snooze(run.taskId(), until);
        });
    }

    /** Gives an open step to another user or team. */
    public StepRun assign(CurrentUser user, StepRunId id, Principal to) {
        return act(user, id, run -> {
            rows.assign(run.id(), to);
            runtime.assign(run.taskId(), to);
        });
    }

    /**
     * As {@link #assign}, and so while the record is paused, too: the engine changes nothing of what is suspended, so it is
     * not for the moment in which the step goes over.
     */
    public StepRun handOver(CurrentUser user, StepRunId id, Principal to) {
        StepRun seen = workable(user, id);
        return retries.inTransaction(() -> {
            Enrollment enrollment = contexts.lock(seen.enrollment()).enrollment();
            StepRun run = rows.find(id).orElseThrow();
            if (!run.isOpen()) {
                throw notOpen(run);
            }
            boolean paused = enrollment.state() == Enrollment.State.PAUSED;
            if (paused) {
                runtime.unsuspend(List.of(enrollment.processInstanceId()));
            }
            rows.assign(run.id(), to);
            runtime.assign(run.taskId(), to);
            if (paused) {
                runtime.suspend(List.of(enrollment.processInstanceId()));
            }
            return rows.find(id).orElseThrow();
        });
    }

    /** Notes something down at a step that is not over; a later note takes the place of an earlier one. */
    public StepRun note(CurrentUser user, StepRunId id, String note) {
        return onLocked(user, id, run -> {
            if (run.finishedAt() != null) {
                throw notOpen(run);
            }
            rows.note(run.id(), note);
        });
    }

    /** Tries an automated step that has failed again. */
    public StepRun retry(CurrentUser user, StepRunId id) {
        return onLocked(user, id, run -> {
            if (run.state() != StepRun.State.FAILED) {
                throw new ConflictException(
                        "The step '" + run.stepName() + "' has not failed, so there is nothing to" + " try again.");
            }
            if (run.sends() && run.executionId() != null) {
                enrollments.state(run.enrollment(), Enrollment.State.CONNECTED);
                contexts.forget(run.enrollment());
                rows.waitAgain(run.id());
                outbox.retry(run.id());
            } else {
                runtime.retry(enrollments.find(run.enrollment()).orElseThrow().processInstanceId());
            }
        });
    }

    /** Makes an automated step that waits or has failed a manual one: a person does what it was to do. */
    public StepRun makeManual(CurrentUser user, StepRunId id) {
        return onLocked(user, id, run -> turns.turn(user, run));
    }

    private StepRun workable(CurrentUser user, StepRunId id) {
        StepRun run = get(user, id);
        if (!mayWork(user, run)) {
            throw new ForbiddenException("The step '" + run.stepName() + "' is not yours; ask whose it is, or your"
                    + " manager, to hand it over.");
        }
        return run;
    }

    private StepRun act(CurrentUser user, StepRunId id, Consumer<StepRun> action) {
        return onLocked(user, id, run -> {
            if (!run.isOpen()) {
                throw notOpen(run);
            }
            action.accept(run);
        });
    }

    private StepRun onLocked(CurrentUser user, StepRunId id, Consumer<StepRun> action) {
        StepRun seen = workable(user, id);
        return retries.inTransaction(() -> {
            checkNotPaused(contexts.lock(seen.enrollment()).enrollment());
            action.accept(rows.find(id).orElseThrow());
            return rows.find(id).orElseThrow();
        });
    }

    private static void checkNotPaused(Enrollment enrollment) {
        if (enrollment.state() == Enrollment.State.PAUSED) {
            throw new ConflictException("The record is paused in this sequence; resume it first.");
        }
    }

    private static ConflictException notOpen(StepRun run) {
        return new ConflictException("The step '" + run.stepName() + "' is no longer open: it is " + run.state() + ".");
    }

    /** The assignee, a member of the assigned team, or who manages the unit of the assignee. */
    public boolean mayWork(CurrentUser user, StepRun run) {
        return mine(user, run)
                || user.may(Right.ADMINISTER)
                || (user.may(Right.MANAGE_TEAM_WORK) && (run.assignee() == null || seesAssignee(user, run)));
    }

    private boolean seesAssignee(CurrentUser user, StepRun run) {
        return users.unitOf(run.assignee()).map(user::sees).orElse(true);
    }

    /** Is it on the user's own work list? */
    public boolean mine(CurrentUser user, StepRun run) {
        Principal assignee = run.assignee();
        if (assignee == null) {
            return false;
        }
        return assignee.isUser()
                ? user.id().equals(new UserId(assignee.id()))
                : user.teams().contains(new TeamId(assignee.id()));
    }

    private boolean seesRecord(CurrentUser user, StepRun run) {
        return records.find(run.record())
                .map(record -> records.visible(user, record))
                .orElse(false);
    }
}
