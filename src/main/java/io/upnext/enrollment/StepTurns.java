package io.upnext.enrollment;

import io.upnext.messaging.MailActivity;
import io.upnext.messaging.MailEvent;
import io.upnext.record.Records;
import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.filter.Filter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Which step of a Classic or Smart sequence comes now: decides the gateways before the steps, inside the engine's
 * transaction.
 */
@Component
public class StepTurns {

    private final EnrollmentContexts contexts;
    private final StepRunRows runs;
    private final MailActivity activity;
    private final Records records;
    private final Clock clock;

    StepTurns(EnrollmentContexts contexts, StepRunRows runs, MailActivity activity, Records records, Clock clock) {
        this.contexts = contexts;
        this.runs = runs;
        this.activity = activity;
        this.records = records;
        this.clock = clock;
    }

    /** Smart: may it run, does its condition hold, and is no visit of it still open? */
    public boolean turn(EnrollmentId id, String stepId) {
        EnrollmentContext context = contexts.lock(id);
        Step step = context.step(stepId);
        SmartTurns turns = turns(context);
        return turns.mayRun(step) && holds(context, step);
    }

    /** Smart: is there a step that may run, now or later? */
    public boolean left(EnrollmentId id) {
        return turns(contexts.lock(id)).anyLeft();
    }

    private SmartTurns turns(EnrollmentContext context) {
        List<StepRun> all = runsOf(context);
        return new SmartTurns(
                context.version().definition(),
                context.enrollment().startStep(),
                step -> all.stream().anyMatch(run -> run.stepId().equals(step)),
                step -> all.stream()
                        .anyMatch(run ->
                                run.isOpen() && (step == null || run.stepId().equals(step))));
    }

    /** Classic: does the step's own condition hold? */
    public boolean holds(EnrollmentId id, String stepId) {
        EnrollmentContext context = contexts.lock(id);
        return holds(context, context.step(stepId));
    }

    /** Classic, before an advance: is no step of anybody open? */
    public boolean ready(EnrollmentId id) {
        return runsOf(contexts.lock(id)).stream().noneMatch(StepRun::isOpen);
    }

    /** Classic: the step's condition did not hold on its day. */
    public void passed(EnrollmentId id, String stepId) {
        EnrollmentContext context = contexts.lock(id);
        Enrollment enrollment = context.enrollment();
        Step step = context.step(stepId);
        Instant now = clock.instant();
        StepRun run = new StepRun(
                StepRunId.next(),
                id,
                enrollment.sequence(),
                enrollment.record(),
                step.id(),
                step.type(),
                StartedTask.nameOf(step),
                StepRun.State.SKIPPED,
                null,
                now,
                null,
                null,
                now,
                "CONDITION",
                null,
                null,
                null,
                null);
        contexts.insert(run);
        context.entered(run);
    }

    /** One that is just being started has none to read. */
    private List<StepRun> runsOf(EnrollmentContext context) {
        Enrollment enrollment = context.enrollment();
        if (context.runs() == null) {
            context.runs(enrollment.processInstanceId() == null ? List.of() : runs.of(enrollment.id()));
        }
        return context.runs();
    }

    private boolean holds(EnrollmentContext context, Step step) {
        Filter when = step.timing().when();
        if (when == null) {
            return true;
        }
        return context.graph() != null && records.matches(when, context.graph(), lastMail(context, when));
    }

    /** What the last mail of the enrollment that left has brought about; empty values where none did. */
    private Map<String, Object> lastMail(EnrollmentContext context, Filter when) {
        boolean asked = when.leaves().stream().anyMatch(LastMail::asksForIt);
        if (!asked) {
            return Map.of();
        }
        Optional<Set<MailEvent.Kind>> kinds =
                runs.lastSentMail(context.enrollment().id()).map(run -> Set.copyOf(activity.of(run.id())));
        return LastMail.values(kinds.orElse(null));
    }
}
