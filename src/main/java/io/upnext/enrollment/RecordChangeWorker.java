package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.RecordChanges.Change;
import io.upnext.operation.Worker;
import io.upnext.operation.Workers;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.shared.RecordId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Looks at changed records and decides which of their enrollments end. */
@Component
class RecordChangeWorker implements Worker {

    static final String NAME = "record-changes";

    private static final int BATCH = 200;

    private final RecordChanges changes;
    private final EnrollmentRows enrollments;
    private final ExitRequests exits;
    private final ExitFilters filters;
    private final Records records;
    private final Workers workers;
    private final Retries retries;
    private final ObjectProvider<ChangedRecords> others;

    RecordChangeWorker(
            RecordChanges changes,
            EnrollmentRows enrollments,
            ExitRequests exits,
            ExitFilters filters,
            Records records,
            Workers workers,
            Retries retries,
            ObjectProvider<ChangedRecords> others) {
        this.changes = changes;
        this.enrollments = enrollments;
        this.exits = exits;
        this.filters = filters;
        this.records = records;
        this.workers = workers;
        this.retries = retries;
        this.others = others;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean hasWork() {
        return changes.any();
    }

    @Override
    public int runOnce() {
        return retries.inTransaction(() -> {
            List<Change> batch = changes.take(BATCH);
            if (!batch.isEmpty()) {
                decide(batch);
                changes.done(batch);
            }
            return batch.size();
        });
    }

    private void decide(List<Change> batch) {
        others.forEach(ChangedRecords::prepare);
        Set<RecordId> closed =
                batch.stream().filter(Change::closed).map(Change::record).collect(Collectors.toSet());
        Set<RecordId> changed = batch.stream().map(Change::record).collect(Collectors.toSet());
        List<Enrollment> running = enrollments.runningOf(changed).stream()
                .filter(Enrollment::live)
                .sorted(Comparator.comparing(enrollment -> enrollment.id().value()))
                .toList();
        Map<RecordId, RecordGraph> graphs = records.graphs(running.stream()
                .filter(enrollment -> filters.has(enrollment))
                .map(Enrollment::record)
                .collect(Collectors.toSet()));
        for (Enrollment enrollment : running) {
            if (closed.contains(enrollment.record())) {
                exits.requestExit(enrollment.id(), Reason.RECORD_CLOSED);
            } else if (filters.met(enrollment, graphs.get(enrollment.record()))) {
                exits.requestExit(enrollment.id(), Reason.CRITERIA_MET);
            }
        }
        workers.wake(ExitWorker.NAME);
        others.forEach(other -> other.look(changed));
    }
}
