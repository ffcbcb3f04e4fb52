package io.upnext.enrollment;

import io.upnext.sequence.Definition;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.VersionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Port: the engine that carries enrollments. Every call joins the caller's transaction; a conflict with somebody who
 * moved the same instance is a {@link org.springframework.dao.ConcurrencyFailureException} and the caller's whole
 * transaction is to be repeated ({@link Retries}).
 */
public interface SequenceRuntime {

    /** Starts one process instance for each; answers the instance ids. */
    Map<EnrollmentId, String> start(VersionId version, List<Start> starts);

    /** Ends what runs of an instance by its exit event; doing so for an ended one changes nothing. */
    void exit(String processInstanceId, Enrollment.Reason reason);

    /** Completes a user task; the listener of the engine calls {@link StepProgress#taskCompleted}. */
    void complete(String taskId, Completion completion);

    /**
     * Does several things to different instances, which the engine then writes in batches. Only for what needs nothing
     * that was changed before in the same work to be in the database.
     */
    void together(List<Enrollment> enrollments, Runnable work);

    /** Lets the enrollment go on from an automated step that is settled. */
    void proceed(Enrollment enrollment, StepRun run);

    /** Goes on behind a step whose turn came, but that could not be done. */
    void pass(String processInstanceId, String stepId);

    /**
     * Opens an automated step that waits or has failed as one for a person; the listener of the engine calls {@link
     * ManualTurns#opened}.
     *
     * @throws io.upnext.shared.ConflictException where it has gone on meanwhile
     */
    void makeManual(Enrollment enrollment, StepRun run);

    /** Takes the Yes of a mail condition that waits. */
    void happened(String executionId, String stepId);

    /** Ends a timer now: a wait, or the limit of a mail condition. */
    void endTimer(String executionId);

    /** Moves a timer: a wait, or the limit of a mail condition. */
    void moveTimer(String executionId, Instant due);

    /** Moves the timer that a Classic or Smart sequence waits at, if it waits at one. */
    void moveClock(String processInstanceId, Instant due);

    /** Nothing of the instances moves any more, neither jobs nor user tasks, until {@link #unsuspend}. */
    void suspend(Collection<String> processInstanceIds);

    void unsuspend(Collection<String> processInstanceIds);

    /** When a user task is due. */
    void due(String taskId, Instant due);

    void assign(String taskId, Principal assignee);

    /** @param until null ends the snooze */
    void snooze(String taskId, Instant until);

    /** Runs a failed job of the instance again. */
    void retry(String processInstanceId);

    record Start(
            EnrollmentId enrollment,
            RecordType recordType,
            RecordId record,
            String startStep,
            int hops,
            Definition.Mode mode) {}
}
