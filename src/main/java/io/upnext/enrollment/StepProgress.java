package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.messaging.Outbox;
import io.upnext.record.Processes;
import io.upnext.record.Records;
import io.upnext.record.Timeline;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.Test;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.StepRunId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What the engine tells while it carries an enrollment through its steps, and what it asks for: called by its listeners
 * and delegates, inside the engine's transaction. Locks the enrollment first, so that a reply, a completed task and a
 * timer of the same enrollment happen one after another.
 */
@Component
public class StepProgress {

    private final EnrollmentContexts contexts;
    private final EnrollmentRows enrollments;
    private final StepRunRows runs;
    private final Assignments assignments;
    private final WaitTimes times;
    private final MailConditions mailConditions;
    private final MailSteps mailSteps;
    private final BegunMails begunMails;
    private final Completed completed;
    private final TextSteps textSteps;
    private final Outbox outbox;
    private final Records records;
    private final Processes processes;
    private final Timeline timeline;
    private final Exits exits;
    private final ExitFilters filters;
    private final Holds holds;
    private final Capacity capacity;
    private final Clock clock;

    StepProgress(
            EnrollmentContexts contexts,
            EnrollmentRows enrollments,
            StepRunRows runs,
            Assignments assignments,
            WaitTimes times,
            MailConditions mailConditions,
            MailSteps mailSteps,
            BegunMails begunMails,
            Completed completed,
            TextSteps textSteps,
            Outbox outbox,
            Records records,
            Processes processes,
            Timeline timeline,
            Exits exits,
            ExitFilters filters,
            Holds holds,
            Capacity capacity,
            Clock clock) {
        this.contexts = contexts;
        this.enrollments = enrollments;
        this.runs = runs;
        this.assignments = assignments;
        this.times = times;
        this.mailConditions = mailConditions;
        this.mailSteps = mailSteps;
        this.begunMails = begunMails;
        this.completed = completed;
        this.textSteps = textSteps;
        this.outbox = outbox;
        this.records = records;
        this.processes = processes;
        this.timeline = timeline;
        this.exits = exits;
        this.filters = filters;
        this.holds = holds;
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Does work that moves these in the current transaction: locks them, reads and writes what they need together. */
    public void movesTogether(List<EnrollmentId> ids, Runnable work) {
        contexts.lockAll(ids);
        contexts.load();
        begunMails.together(work);
    }

    /** A user task began. The answer says whose it is, when it is due and what to show. */
    public StartedTask manualStarted(EnrollmentId id, String stepId, String taskId, String executionId) {
        EnrollmentContext context = enter(id);
        Step step = context.step(stepId);
        Instant now = clock.instant();
        Instant regular = step instanceof Step.Instructed task ? times.after(task.dueIn(), context, now) : now;
        Instant due = holds.notBefore(context, regular);
        StepRun run = add(run(
                context, step, StepRun.State.OPEN, assignments.working(context), now, due, null, taskId, executionId));
        capacity.opened(run);
        return StartedTask.of(run, step, context, textSteps.proposed(context, step, run));
    }

    /** Did the user task begin in this transaction? Then its first assignment is no news. */
    public boolean justStarted(EnrollmentId id, String stepId, String taskId) {
        StepRun run = contexts.lock(id).entered(stepId);
        return run != null && taskId.equals(run.taskId());
    }

    /** A wait began. The answer's {@code dueAt} is when it ends. */
    public StepRun waitStarted(EnrollmentId id, String stepId, String executionId) {
        EnrollmentContext context = enter(id);
        Step.Wait step = (Step.Wait) context.step(stepId);
        Instant now = clock.instant();
        Instant end = times.endOf(step, context, now);
        return add(run(context, step, StepRun.State.WAITING, null, now, end, null, null, executionId));
    }

    public void waitEnded(EnrollmentId id, String stepId) {
        finishNewest(id, stepId, null);
    }

    /**
     * An automated mail's turn, or an A/B test's: it is queued in this transaction; {@link SequenceRuntime#proceed}
     * follows when it left.
     *
     * @return false where it was sent before, and is passed
     */
    public boolean mailStarted(EnrollmentId id, String stepId, String executionId) {
        EnrollmentContext context = enter(id);
        Step step = context.step(stepId);
        if (sentBefore(context, step)) {
            return false;
        }
        Instant now = clock.instant();
        StepRun run =
                run(context, step, StepRun.State.WAITING, assignments.of(context), now, now, null, null, executionId);
        context.entered(run);
        begunMails.add(run, mailSteps.automated(context, step, run), MailSteps.window(context));
        return true;
    }

    /** A new version may have moved the step further on: its migrated enrollments come by a second time. */
    private boolean sentBefore(EnrollmentContext context, Step step) {
        return context.version().number() > 1
                && !Boolean.TRUE.equals(step.timing().repeat())
                && runs.newest(context.enrollment().id(), step.id())
                        .filter(run -> "SENT".equals(run.outcome()))
                        .isPresent();
    }

    /** An automated text's turn, as {@link #mailStarted}. */
    public boolean textStarted(EnrollmentId id, String stepId, String executionId) {
        EnrollmentContext context = enter(id);
        Step.Text step = (Step.Text) context.step(stepId);
        if (sentBefore(context, step)) {
            return false;
        }
        Instant now = clock.instant();
        StepRun run = add(
                run(context, step, StepRun.State.WAITING, assignments.of(context), now, now, null, null, executionId));
        textSteps.automated(context, step, run);
        return true;
    }

    /** Sets the field of the record, which is put on its timeline. */
    public void updateField(EnrollmentId id, String stepId) {
        EnrollmentContext context = enter(id);
        Step.UpdateField step = (Step.UpdateField) context.step(stepId);
        Map<String, Object> change = new HashMap<>();
        change.put(step.field(), step.value());
        records.update(context.enrollment().record(), change, null, null, Actor.SYSTEM);
        add(run(context, step, StepRun.State.DONE, null, clock.instant(), null, "UPDATED", null, null));
        contexts.forget(id);
    }

    /** Is it time for the Yes branch? */
    public boolean conditionHolds(EnrollmentId id, String stepId) {
        EnrollmentContext context = contexts.lock(id);
        Step.Condition step = (Step.Condition) context.step(stepId);
        if (step.test() instanceof Test.Mail) {
            return mailConditions.happened(context, step);
        }
        if (step.test() instanceof Test.CallOutcome call) {
            return callOutcomeIn(context, step, call);
        }
        if (context.graph() == null) {
            return false;
        }
        if (step.test() instanceof Test.Stage stage) {
            return processes.isAt(context.graph().record(), stage.process(), stage.in());
        }
        return step.test() instanceof Test.Field field && records.matches(field.filter(), context.graph());
    }

    private boolean callOutcomeIn(EnrollmentContext context, Step.Condition step, Test.CallOutcome call) {
        return context.steps()
                .subjectOf(step.id())
                .flatMap(subject -> runs.newest(context.enrollment().id(), subject.id()))
                .filter(run -> run.state() == StepRun.State.DONE)
                .map(run -> call.outcomes().contains(run.outcome()))
                .orElse(false);
    }

    /** The No branch at once: the mail it asks about never left. */
    public boolean conditionCannotHold(EnrollmentId id, String stepId) {
        EnrollmentContext context = contexts.lock(id);
        return mailConditions.notSent(context, (Step.Condition) context.step(stepId));
    }

    /** A mail condition waits for its event or its limit. The answer's {@code dueAt} is the limit. */
    public StepRun conditionWaits(EnrollmentId id, String stepId, String executionId) {
        EnrollmentContext context = contexts.lock(id);
        Step.Condition step = (Step.Condition) context.step(stepId);
        Instant now = clock.instant();
        Instant limit = times.after(step.within(), context, now);
        return add(run(context, step, StepRun.State.WAITING, null, now, limit, null, null, executionId));
    }

    /** A condition was decided; it may or may not have waited before. */
    public void conditionDecided(EnrollmentId id, String stepId, boolean yes) {
        EnrollmentContext context = enter(id);
        String outcome = yes ? "YES" : "NO";
        boolean waited = runs.newest(id, stepId)
                .filter(run -> run.state() == StepRun.State.WAITING)
                .map(run -> {
                    runs.finish(run.id(), StepRun.State.DONE, outcome, null, null, clock.instant());
                    return true;
                })
                .orElse(false);
        if (!waited) {
            Step step = context.step(stepId);
            add(run(context, step, StepRun.State.DONE, null, clock.instant(), null, outcome, null, null));
        }
    }

    /** The limit of a mail condition is over: the No of one that decides at once; one that decides now asks again. */
    public void limitReached(EnrollmentId id, String stepId) {
        Step.Condition step = (Step.Condition) contexts.lock(id).step(stepId);
        if (step.decide() != Step.Condition.Decide.AT_LIMIT) {
            conditionDecided(id, stepId, false);
        }
    }

    /** The instance was cancelled: by our own exit, which has ended the enrollment already, or in Cockpit by hand. */
    public void cancelled(EnrollmentId id) {
        Enrollment enrollment = enrollments.lock(id).orElseThrow();
        if (!enrollment.ended()) {
            Instant now = clock.instant();
            enrollments.end(id, Reason.USER, now);
            runs.cancelAll(id, now);
            outbox.cancel(id);
            contexts.forget(id);
        }
    }

    /** The last step is done. Changes nothing where the enrollment has ended for another reason already. */
    public void finished(EnrollmentId id) {
        Enrollment enrollment = contexts.enrollment(id);
        if (enrollment.ended()) {
            return;
        }
        completed.add(id);
        contexts.forget(id);
        timeline.add(new Timeline.Entry(
                enrollment.record(), clock.instant(), "completed", Actor.SYSTEM, Map.of("enrollment", id.toString())));
    }

    /** An automated step cannot go on without help: that of whom the sequence names, or who manages their work. */
    public void failed(EnrollmentId id, String stepId, String cause) {
        EnrollmentContext context = contexts.lock(id);
        if (context.enrollment().ended()) {
            return;
        }
        StepRun run = runs.newest(id, stepId)
                .filter(found -> found.finishedAt() == null)
                .orElseGet(() -> add(run(
                        context,
                        context.step(stepId),
                        StepRun.State.FAILED,
                        assignments.of(context),
                        clock.instant(),
                        null,
                        null,
                        null,
                        null)));
        runs.fail(run.id(), cause);
        if (context.enrollment().state() != Enrollment.State.PAUSED) {
            enrollments.state(id, Enrollment.State.ERROR);
        }
        contexts.forget(id);
    }

    private void finishNewest(EnrollmentId id, String stepId, String outcome) {
        contexts.lock(id);
        runs.newest(id, stepId)
                .ifPresent(run -> runs.finish(run.id(), StepRun.State.DONE, outcome, null, null, clock.instant()));
    }

    /**
     * Before every step the exit filter is looked at; the exit itself follows this transaction. Whoever gets to a step
     * after a failure has got over it.
     */
    private EnrollmentContext enter(EnrollmentId id) {
        EnrollmentContext context = contexts.lock(id);
        if (context.enrollment().state() == Enrollment.State.ERROR) {
            runs.supersedeFailed(id, clock.instant());
            enrollments.state(id, Enrollment.State.CONNECTED);
            contexts.forget(id);
            context = contexts.lock(id);
        }
        boolean met = context.enrollment().live() && filters.met(context.enrollment(), context.graph());
        if (!met) {
            return context;
        }
        exits.request(id, Reason.CRITERIA_MET);
        return contexts.lock(id);
    }

    private StepRun add(StepRun run) {
        contexts.insert(run);
        contexts.lock(run.enrollment()).entered(run);
        return run;
    }

    private static StepRun run(
            EnrollmentContext context,
            Step step,
            StepRun.State state,
            Principal assignee,
            Instant now,
            Instant due,
            String outcome,
            String taskId,
            String executionId) {
        Enrollment enrollment = context.enrollment();
        return new StepRun(
                StepRunId.next(),
                enrollment.id(),
                enrollment.sequence(),
                enrollment.record(),
                step.id(),
                step.type(),
                StartedTask.nameOf(step),
                state,
                assignee,
                now,
                due,
                null,
                state == StepRun.State.DONE ? now : null,
                outcome,
                null,
                null,
                taskId,
                executionId);
    }
}
