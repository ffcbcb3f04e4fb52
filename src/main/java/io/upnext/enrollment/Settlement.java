package io.upnext.enrollment;

import io.upnext.shared.StepRunId;
import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What the fate of a mail or text means for its step: an automated one goes on or fails, a seller's one has gone on
 * already and only learns of it. May be done twice with the effect of once.
 */
@Component
class Settlement {

    private final EnrollmentContexts contexts;
    private final EnrollmentRows enrollments;
    private final StepRunRows runs;
    private final Pauses pauses;
    private final Clock clock;

    Settlement(EnrollmentContexts contexts, EnrollmentRows enrollments, StepRunRows runs, Pauses pauses, Clock clock) {
        this.contexts = contexts;
        this.enrollments = enrollments;
        this.runs = runs;
        this.pauses = pauses;
        this.clock = clock;
    }

    /**
     * Those that wait are done, written in one statement; the process of each is then to {@link #goOn}.
     *
     * @return those that waited
     */
    Set<StepRunId> finishWaiting(Collection<StepRun> all, String outcome) {
        Set<StepRunId> waiting = all.stream()
                .filter(run -> run.state() == StepRun.State.WAITING)
                .map(StepRun::id)
                .collect(Collectors.toSet());
        if (!waiting.isEmpty()) {
            runs.finish(waiting, outcome, clock.instant());
        }
        return waiting;
    }

    void goOn(EnrollmentContext context, StepRun run) {
        pauses.proceed(context, run);
    }

    /** @return true where it was a seller's, and this is news */
    boolean settle(EnrollmentContext context, StepRun run, StepRun.State state, String outcome) {
        if (run.state() == StepRun.State.WAITING || run.state() == StepRun.State.FAILED) {
            runs.finish(run.id(), state, outcome, null, null, clock.instant());
            healthy(context, run);
            pauses.proceed(context, run);
            return false;
        }
        boolean ofASeller = "QUEUED".equals(run.outcome());
        if (ofASeller) {
            runs.outcome(run.id(), outcome);
        }
        return ofASeller;
    }

    /** @return true where it was a seller's, and this is news */
    boolean fail(EnrollmentContext context, StepRun run, String cause) {
        if (context.enrollment().ended()) {
            return false;
        }
        if (run.state() == StepRun.State.WAITING) {
            runs.fail(run.id(), cause);
            if (context.enrollment().state() != Enrollment.State.PAUSED) {
                enrollments.state(context.enrollment().id(), Enrollment.State.ERROR);
            }
            contexts.forget(context.enrollment().id());
            return false;
        }
        boolean ofASeller = "QUEUED".equals(run.outcome());
        if (ofASeller) {
            runs.outcome(run.id(), "FAILED");
        }
        return ofASeller;
    }

    private void healthy(EnrollmentContext context, StepRun run) {
        if (run.state() == StepRun.State.FAILED && context.enrollment().state() == Enrollment.State.ERROR) {
            enrollments.state(context.enrollment().id(), Enrollment.State.CONNECTED);
            contexts.forget(context.enrollment().id());
        }
    }
}
