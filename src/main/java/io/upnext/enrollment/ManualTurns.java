package io.upnext.enrollment;

import io.upnext.messaging.Outbox;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Step;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Automated steps that wait or have failed become manual ones (specification §4): the same visit, with the same content,
 * that a person completes or skips. It holds for the visit, not for the step.
 */
@Component
public class ManualTurns {

    private final EnrollmentContexts contexts;
    private final EnrollmentRows enrollments;
    private final StepRunRows runs;
    private final Assignments assignments;
    private final Holds holds;
    private final Capacity capacity;
    private final TextSteps textSteps;
    private final ByHand byHand;
    private final SequenceRuntime runtime;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Clock clock;

    ManualTurns(
            EnrollmentContexts contexts,
            EnrollmentRows enrollments,
            StepRunRows runs,
            Assignments assignments,
            Holds holds,
            Capacity capacity,
            TextSteps textSteps,
            ByHand byHand,
            SequenceRuntime runtime,
            Outbox outbox,
            AuditLog audit,
            Clock clock) {
        this.contexts = contexts;
        this.enrollments = enrollments;
        this.runs = runs;
        this.assignments = assignments;
        this.holds = holds;
        this.capacity = capacity;
        this.textSteps = textSteps;
        this.byHand = byHand;
        this.runtime = runtime;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The caller holds the enrollment's lock, so that neither the job that tries again nor the dispatcher moves it
     * meanwhile.
     *
     * @throws ConflictException where the step is manual already, over, or its mail may have left
     */
    void turn(CurrentUser user, StepRun run) {
        Enrollment enrollment = contexts.lock(run.enrollment()).enrollment();
        require(enrollment, run);
        if (run.sends()) {
            outbox.withdraw(run.id(), run.state() == StepRun.State.FAILED);
        }
        if (enrollment.state() == Enrollment.State.ERROR) {
            enrollments.state(enrollment.id(), Enrollment.State.CONNECTED);
            contexts.forget(enrollment.id());
        }
        runtime.makeManual(enrollment, run);
        audit.add(
                user.actor(),
                "step.make-manual",
                "step-run:" + run.id(),
                Map.of("type", run.type(), "state", run.state()),
                Map.of("enrollment", enrollment.id().toString(), "step", run.stepId()));
    }

    private static void require(Enrollment enrollment, StepRun run) {
        if (run.finishedAt() != null || !enrollment.live()) {
            throw new ConflictException(
                    "The step '" + run.stepName() + "' is no longer open: it is " + run.state() + ".");
        }
        if (run.isOpen()) {
            throw new ConflictException("The step '" + run.stepName() + "' is a manual one already.");
        }
        if (ByHand.typeOf(run.type()).isEmpty()) {
            throw new ConflictException(
                    "The step '" + run.stepName() + "' is nothing that a person could do instead of the product.");
        }
    }

    /** The engine opened the user task of such a step; called by its listener. */
    public StartedTask opened(EnrollmentId id, String stepId, String taskId, String executionId) {
        EnrollmentContext context = contexts.lock(id);
        Step step = context.step(stepId);
        StepRun before = runs.newest(id, stepId)
                .filter(run -> run.finishedAt() == null)
                .orElseThrow(() -> new ConflictException("The step has just gone on; look again."));
        StepRun run = runs.open(
                before.id(),
                ByHand.typeOf(before.type()).orElseThrow(),
                assignments.working(context),
                holds.notBefore(context, clock.instant()),
                taskId,
                executionId);
        context.entered(run);
        capacity.opened(run);
        return StartedTask.of(run, step, context, textSteps.proposed(context, step, run))
                .with(byHand.task(context.enrollment().recordType(), step));
    }
}
