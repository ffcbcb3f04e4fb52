package io.upnext.enrollment;

import io.upnext.operation.PerTransaction;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Versions;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The {@link EnrollmentContext}s of the current transaction. Starting many enrollments at once reads their records
 * together and collects their first step runs into one insert.
 */
@Component
class EnrollmentContexts {

    private final EnrollmentRows enrollments;
    private final StepRunRows runs;
    private final EnrollmentClockRows clocks;
    private final BegunMails begunMails;
    private final Completed completed;
    private final Sequences sequences;
    private final Versions versions;
    private final Records records;
    private final PerTransaction<Bound> bound = new PerTransaction<>(Bound::new);

    EnrollmentContexts(
            EnrollmentRows enrollments,
            StepRunRows runs,
            EnrollmentClockRows clocks,
            BegunMails begunMails,
            Completed completed,
            Sequences sequences,
            Versions versions,
            Records records) {
        this.enrollments = enrollments;
        this.runs = runs;
        this.clocks = clocks;
        this.begunMails = begunMails;
        this.completed = completed;
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
        writeOf(id);
        EnrollmentContext known = bound.get().contexts.get(id);
        return known != null
                ? Optional.of(known)
                : enrollments
                        .lock(id)
                        .map(enrollment -> remember(
                                enrollment, records.graph(enrollment.record()).orElse(null)));
    }

    /** Only the locked enrollment, without reading what belongs to it. */
    Enrollment enrollment(EnrollmentId id) {
        writeOf(id);
        EnrollmentContext known = bound.get().contexts.get(id);
        Enrollment locked =
                known != null ? known.enrollment() : bound.get().locked.get(id);
        return locked != null ? locked : enrollments.lock(id).orElseThrow();
    }

    /** Whoever looks at an enrollment sees what was changed of it before. */
    private void writeOf(EnrollmentId id) {
        begunMails.writeOf(id);
        completed.writeOf(id);
    }

    /** Locks many, always in the same order, without reading what belongs to them: {@link #load} does. */
    void lockAll(Collection<EnrollmentId> ids) {
        Bound own = bound.get();
        List<EnrollmentId> unknown =
                ids.stream().filter(id -> !own.contexts.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            own.locked.putAll(enrollments.lockAll(unknown));
        }
    }

    /** Reads together what belongs to the enrollments of {@link #lockAll}. */
    void load() {
        Bound own = bound.get();
        if (own.locked.isEmpty()) {
            return;
        }
        List<Enrollment> locked = List.copyOf(own.locked.values());
        own.locked.clear();
        own.sequences.putAll(sequences.findAll(
                locked.stream().map(Enrollment::sequence).distinct().toList()));
        Map<RecordId, RecordGraph> graphs = records.graphs(
                locked.stream().map(Enrollment::record).distinct().toList());
        locked.forEach(enrollment -> remember(enrollment, graphs.get(enrollment.record())));
    }

    /** For enrollments this transaction has inserted itself, with the record it has read already. */
    EnrollmentContext remember(Enrollment enrollment, RecordGraph graph) {
        Sequence sequence = bound.get().sequences.computeIfAbsent(enrollment.sequence(), this::sequence);
        EnrollmentContext context = new EnrollmentContext(
                enrollment, sequence, versions.get(enrollment.version()), versions.index(enrollment.version()), graph);
        bound.get().contexts.put(enrollment.id(), context);
        return context;
    }

    /** After a change of the row within the transaction, the next look reads it again. */
    void forget(EnrollmentId id) {
        bound.get().contexts.remove(id);
        bound.get().locked.remove(id);
    }

    void insert(StepRun run) {
        Bound own = bound.get();
        if (own.collected == null) {
            runs.insert(List.of(run));
        } else {
            own.collected.add(run);
        }
    }

    void insert(EnrollmentClock clock) {
        Bound own = bound.get();
        if (own.collected == null) {
            clocks.put(List.of(clock));
        } else {
            own.clocks.put(clock.enrollment(), clock);
        }
    }

    /** Does the work and inserts the step runs that begin in it all at once; nothing in it may read them back. */
    void collectingRuns(Runnable work) {
        Bound own = bound.get();
        List<StepRun> collected = new ArrayList<>();
        own.collected = collected;
        try {
            work.run();
        } finally {
            own.collected = null;
        }
        if (!collected.isEmpty()) {
            runs.insert(collected);
        }
        if (!own.clocks.isEmpty()) {
            clocks.put(own.clocks.values());
            own.clocks.clear();
        }
    }

    private Sequence sequence(SequenceId id) {
        return sequences.find(id).orElseThrow(() -> new NotFoundException("There is no sequence '" + id + "'."));
    }

    private static final class Bound {
        private final Map<EnrollmentId, EnrollmentContext> contexts = new HashMap<>();
        private final Map<EnrollmentId, EnrollmentClock> clocks = new HashMap<>();
        private final Map<EnrollmentId, Enrollment> locked = new HashMap<>();
        private final Map<SequenceId, Sequence> sequences = new HashMap<>();
        private List<StepRun> collected;
    }
}
