package io.upnext.enrollment;

import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.sequence.StepIndex;
import io.upnext.sequence.Versions;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Moves what is waited for by as much as the new version's setting differs, where a migration asks for that. */
@Component
class DueTimesAnew {

    private final StepRunRows runs;
    private final EnrollmentContexts contexts;
    private final WaitTimes times;
    private final SequenceRuntime runtime;
    private final Versions versions;

    DueTimesAnew(
            StepRunRows runs,
            EnrollmentContexts contexts,
            WaitTimes times,
            SequenceRuntime runtime,
            Versions versions) {
        this.runs = runs;
        this.contexts = contexts;
        this.times = times;
        this.runtime = runtime;
        this.versions = versions;
    }

    /** What a pause or somebody out of office has added to a due time stays added. */
    void set(Enrollment enrollment, Passage passage, MigrationRequest request) {
        if (request.dueTimes() != MigrationRequest.DueTimes.RECALCULATE || enrollment.processInstanceId() == null) {
            return;
        }
        contexts.forget(enrollment.id());
        EnrollmentContext context = contexts.lock(enrollment.id());
        StepIndex before = versions.index(passage.from().id());
        runs.of(enrollment.id()).stream()
                .filter(run -> run.finishedAt() == null && run.dueAt() != null)
                .forEach(run -> set(context, before, run));
    }

    private void set(EnrollmentContext context, StepIndex before, StepRun run) {
        Instant due = anew(context, before, run);
        if (!due.equals(run.dueAt())) {
            runs.due(run.id(), due);
            if (run.taskId() != null) {
                runtime.due(run.taskId(), due);
            } else if (run.executionId() != null) {
                runtime.moveTimer(run.executionId(), due);
            }
        }
    }

    /** When a run of the old version is due by the new one's setting; as before where nothing differs. */
    Instant anew(EnrollmentContext context, StepIndex before, StepRun run) {
        Instant then =
                before.step(run.stepId()).map(step -> due(step, context, run)).orElse(null);
        Instant now = context.steps()
                .step(run.stepId())
                .map(step -> due(step, context, run))
                .orElse(null);
        return then == null || now == null ? run.dueAt() : run.dueAt().plus(Duration.between(then, now));
    }

    private Instant due(Step step, EnrollmentContext context, StepRun run) {
        if (step instanceof Step.Wait wait) {
            return times.endOf(wait, context, run.enteredAt());
        }
        Span span = step instanceof Step.Condition condition
                ? condition.within()
                : step instanceof Step.Instructed task ? task.dueIn() : null;
        boolean waits = step instanceof Step.Condition || step instanceof Step.Instructed;
        return waits ? times.after(span, context, run.enteredAt()) : null;
    }
}
