package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Step;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.ForbiddenException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Ends, pauses, resumes one enrollment and ends its waits, for those who may. */
@Component
public class EnrollmentSteering {

    private final Enrollments enrollments;
    private final StepRunRows runs;
    private final EnrollmentContexts contexts;
    private final SequenceRuntime runtime;
    private final Exits exits;
    private final Pauses pauses;
    private final Holds holds;
    private final SteeringRights rights;
    private final Retries retries;
    private final AuditLog audit;
    private final Clock clock;

    EnrollmentSteering(
            Enrollments enrollments,
            StepRunRows runs,
            EnrollmentContexts contexts,
            SequenceRuntime runtime,
            Exits exits,
            Pauses pauses,
            Holds holds,
            SteeringRights rights,
            Retries retries,
            AuditLog audit,
            Clock clock) {
        this.enrollments = enrollments;
        this.runs = runs;
        this.contexts = contexts;
        this.runtime = runtime;
        this.exits = exits;
        this.pauses = pauses;
        this.holds = holds;
        this.rights = rights;
        this.retries = retries;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @throws ForbiddenException where the user may see but not steer it
     * @throws ConflictException where it has ended (but for disconnecting it), or is in no wait that could end
     */
    public Enrollment act(CurrentUser user, EnrollmentId id, EnrollmentAction action) {
        Enrollment seen = enrollments.get(user, id);
        checkMay(user, seen);
        retries.inTransaction(() -> {
            if (done(user, seen, action)) {
                audit.add(
                        user.actor(),
                        "enrollment." + action.name().toLowerCase().replace('_', '-'),
                        "enrollment:" + id,
                        seen.state(),
                        null);
            }
        });
        return enrollments.get(user, id);
    }

    private boolean done(CurrentUser user, Enrollment seen, EnrollmentAction action) {
        return switch (action) {
            case DISCONNECT -> !seen.ended() && exits.end(seen.id(), Reason.USER, user.actor());
            case PAUSE -> pauses.pause(seen.id(), user.actor());
            case RESUME -> pauses.resume(seen.id(), user.actor());
            case END_WAIT -> endWait(seen.id());
            case END_HOLD -> endHold(user, seen.id());
        };
    }

    private boolean endHold(CurrentUser user, EnrollmentId id) {
        return holds.end(contexts.lock(id), "USER", user.actor());
    }

    private boolean endWait(EnrollmentId id) {
        Enrollment enrollment = contexts.lock(id).enrollment();
        if (enrollment.state() == Enrollment.State.PAUSED) {
            throw new ConflictException("The record is paused in this sequence; resume it, then end the wait.");
        }
        List<StepRun> waits = runs.of(id).stream()
                .filter(run -> run.type() == Step.Type.WAIT && run.state() == StepRun.State.WAITING)
                .toList();
        if (waits.isEmpty()) {
            throw new ConflictException("The record is in no wait of this sequence, so there is none to end.");
        }
        waits.forEach(run -> {
            runs.due(run.id(), clock.instant());
            runtime.endTimer(run.executionId());
        });
        return true;
    }

    /** May the user end, pause and resume these? In a bounded number of statements. */
    public Set<EnrollmentId> steerable(CurrentUser user, Collection<Enrollment> shown) {
        return rights.among(user, shown);
    }

    /** @throws ForbiddenException where the user may see but not steer it */
    public void require(CurrentUser user, EnrollmentId id) {
        checkMay(user, enrollments.get(user, id));
    }

    private void checkMay(CurrentUser user, Enrollment enrollment) {
        if (!rights.may(user, enrollment)) {
            throw SteeringRights.missing();
        }
    }
}
