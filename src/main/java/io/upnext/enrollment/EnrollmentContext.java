package io.upnext.enrollment;

import io.upnext.record.RecordGraph;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Step;
import io.upnext.sequence.StepIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Everything about one enrollment that a step may need, read once per transaction; its row is locked, so that all that
 * moves the enrollment happens one after another.
 */
final class EnrollmentContext {

    private final Enrollment enrollment;
    private final Sequence sequence;
    private final SequenceVersion version;
    private final StepIndex steps;
    private final RecordGraph graph;
    private final Map<String, StepRun> entered = new HashMap<>();
    private EnrollmentClock clock;
    private List<StepRun> runs;

    EnrollmentContext(
            Enrollment enrollment, Sequence sequence, SequenceVersion version, StepIndex steps, RecordGraph graph) {
        this.enrollment = enrollment;
        this.sequence = sequence;
        this.version = version;
        this.steps = steps;
        this.graph = graph;
    }

    Enrollment enrollment() {
        return enrollment;
    }

    Sequence sequence() {
        return sequence;
    }

    SequenceVersion version() {
        return version;
    }

    EffectiveOptions options() {
        return steps.options();
    }

    StepIndex steps() {
        return steps;
    }

    /** Null where the record is gone. */
    RecordGraph graph() {
        return graph;
    }

    /**
     * @throws OptimisticLockingFailureException where the enrollment was moved to a version without the step while the
     *     caller waited for its lock: what it was about to do does not count, it has to look again
     */
    Step step(String stepId) {
        return steps.step(stepId)
                .orElseThrow(() -> new OptimisticLockingFailureException("The step '" + stepId + "' is not in version "
                        + version.number() + " of sequence '" + sequence.name() + "'."));
    }

    /** The run of the step that began in this transaction, or null. */
    StepRun entered(String stepId) {
        return entered.get(stepId);
    }

    void entered(StepRun run) {
        entered.put(run.stepId(), run);
        runs = null;
    }

    /** Of a Classic or Smart sequence, as far as this transaction knows it; else null. */
    EnrollmentClock clock() {
        return clock;
    }

    void clock(EnrollmentClock known) {
        clock = known;
    }

    /** All runs, where this transaction has read them since the last one began; else null. */
    List<StepRun> runs() {
        return runs;
    }

    void runs(List<StepRun> read) {
        runs = read;
    }
}
