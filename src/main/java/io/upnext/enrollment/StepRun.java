package io.upnext.enrollment;

import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import java.time.Instant;

/**
 * One visit of one enrollment to one step.
 *
 * @param assignee who is to do it; null for steps nobody acts on
 * @param dueAt manual step: when it is due; wait: when it ends; mail condition: its limit; automated mail or
 *     text: when it is planned to leave
 * @param outcome call outcome, {@code SENT}, {@code DONE_ELSEWHERE}, a mail's refusal, {@code YES} / {@code NO} …
 * @param cause why it failed, for people
 * @param taskId the engine's user task of a manual step
 * @param executionId where the engine waits for an automated mail or a mail condition
 */
public record StepRun(
        StepRunId id,
        EnrollmentId enrollment,
        SequenceId sequence,
        RecordId record,
        String stepId,
        Step.Type type,
        String stepName,
        State state,
        Principal assignee,
        Instant enteredAt,
        Instant dueAt,
        Instant snoozedUntil,
        Instant finishedAt,
        String outcome,
        String note,
        String cause,
        String taskId,
        String executionId) {

    public enum State {
        /** The engine waits: a wait, a mail to be sent, a mail condition. */
        WAITING,
        /** A person is to act. */
        OPEN,
        DONE,
        SKIPPED,
        CANCELLED,
        /** An incident; the enrollment is in ERROR until somebody retries or skips. */
        FAILED
    }

    public StepRun withDueAt(Instant other) {
        return new StepRun(
                id,
                enrollment,
                sequence,
                record,
                stepId,
                type,
                stepName,
                state,
                assignee,
                enteredAt,
                other,
                snoozedUntil,
                finishedAt,
                outcome,
                note,
                cause,
                taskId,
                executionId);
    }

    /** An automated mail or text that has not left yet. */
    public boolean isWaitingToLeave() {
        return state == State.WAITING && sends();
    }

    /** It sends a mail or text by itself. */
    boolean sends() {
        return type == Step.Type.AUTOMATED_EMAIL || type == Step.Type.AB_TEST || type == Step.Type.AUTOMATED_TEXT;
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }
}
