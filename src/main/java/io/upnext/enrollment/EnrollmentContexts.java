package io.upnext.enrollment;

import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Versions;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.NotFoundException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The {@link EnrollmentContext}s of the current transaction. Starting many enrollments at once reads their records
 * together and collects their first step runs into one insert.
 */
@Component
class EnrollmentContexts {

    private final EnrollmentRows enrollments;
    private final StepRunRows runs;
    private final EnrollmentClockRows clocks;
    private final Sequences sequences;
    private final Versions versions;
    private final Records records;

    EnrollmentContexts(
            EnrollmentRows enrollments,
            StepRunRows runs,
            EnrollmentClockRows clocks,
            Sequences sequences,
            Versions versions,
            Records records) {
        this.enrollments = enrollments;
        this.runs = runs;
        this.clocks = clocks;
        this.sequences = sequences;
        this.versions = versions;
        this.records = records;
    }

    /**
     * The context of the enrollment, which is locked from now on until the transaction ends.
     *
     * @throws NotFoundException where there is no such enrollment
     */
    EnrollmentContext lock(EnrollmentId id) {
        return lockIfThere(id).orElseThrow(() -> new NotFoundException("There is no enrollment '" + id + "'."));
    }

    Optional<EnrollmentContext> lockIfThere(EnrollmentId id) {
        EnrollmentContext known = bound().contexts.get(id);
        return known != null
                ? Optional.of(known)
                : enrollments
                        .lock(id)
                        .map(enrollment -> remember(
                                enrollment, records.graph(enrollment.record()).orElse(null)));
    }

    /** For enrollments this transaction has inserted itself, with the record it has read already. */
    EnrollmentContext remember(Enrollment enrollment, RecordGraph graph) {
        Sequence sequence = sequences
                .find(enrollment.sequence())
                .orElseThrow(() -> new NotFoundException("There is no sequence '" + enrollment.sequence() + "'."));
        EnrollmentContext context = new EnrollmentContext(
                enrollment, sequence, versions.get(enrollment.version()), versions.index(enrollment.version()), graph);
        bound().contexts.put(enrollment.id(), context);
        return context;
    }

    /** After a change of the row within the transaction, the next look reads it again. */
    void forget(EnrollmentId id) {
        bound().contexts.remove(id);
    }

    void insert(StepRun run) {
        Bound bound = bound();
        if (bound.collected == null) {
            runs.insert(List.of(run));
        } else {
            bound.collected.add(run);
        }
    }

    void insert(EnrollmentClock clock) {
        Bound bound = bound();
        if (bound.collected == null) {
            clocks.put(List.of(clock));
        } else {
            bound.clocks.put(clock.enrollment(), clock);
        }
    }

    /** Does the work and inserts the step runs that begin in it all at once; nothing in it may read them back. */
    void collectingRuns(Runnable work) {
        Bound bound = bound();
        List<StepRun> collected = new ArrayList<>();
        bound.collected = collected;
        try {
            work.run();
        } finally {
            bound.collected = null;
        }
        if (!collected.isEmpty()) {
            runs.insert(collected);
        }
        if (!bound.clocks.isEmpty()) {
            clocks.put(bound.clocks.values());
            bound.clocks.clear();
        }
    }

    private Bound bound() {
        Bound bound = (Bound) TransactionSynchronizationManager.getResource(this);
        if (bound != null) {
            return bound;
        }
        Bound fresh = new Bound();
        TransactionSynchronizationManager.bindResource(this, fresh);
        TransactionSynchronizationManager.registerSynchronization(new Unbind(fresh));
        return fresh;
    }

    private static final class Bound {
        private final Map<EnrollmentId, EnrollmentContext> contexts = new HashMap<>();
        private final Map<EnrollmentId, EnrollmentClock> clocks = new HashMap<>();
        private List<StepRun> collected;
    }

    private final class Unbind implements TransactionSynchronization {
        private final Bound bound;

        private Unbind(Bound bound) {
            this.bound = bound;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(EnrollmentContexts.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(EnrollmentContexts.this, bound);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(EnrollmentContexts.this);
        }
    }
}
