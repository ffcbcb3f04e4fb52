package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.operation.Workers;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.record.RecordsChanged;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Versions;
import io.upnext.shared.RecordId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Closing a record ends its enrollments; a changed field may meet a sequence's exit filter. */
@Component
class RecordChanges {

    private final EnrollmentRows enrollments;
    private final Records records;
    private final Versions versions;
    private final Workers workers;

    RecordChanges(EnrollmentRows enrollments, Records records, Versions versions, Workers workers) {
        this.enrollments = enrollments;
        this.records = records;
        this.versions = versions;
        this.workers = workers;
    }

    @EventListener
    void on(RecordsChanged event) {
        List<RecordId> closed = event.changes().stream()
                .filter(RecordsChanged.Change::closed)
                .map(RecordsChanged.Change::id)
                .toList();
        int ending = closed.isEmpty() ? 0 : enrollments.requestExitOfRecords(closed, Reason.RECORD_CLOSED);
        ending += requestWhereMet(event);
        if (ending > 0) {
            workers.wake(ExitWorker.NAME);
        }
    }

    private int requestWhereMet(RecordsChanged event) {
        List<RecordId> changed = event.changes().stream()
                .filter(change -> !change.closed())
                .map(RecordsChanged.Change::id)
                .toList();
        List<Enrollment> running = changed.isEmpty()
                ? List.of()
                : enrollments.runningOf(changed).stream()
                        .filter(enrollment ->
                                enrollment.live() && options(enrollment).exitWhen() != null)
                        .toList();
        if (running.isEmpty()) {
            return 0;
        }
        Map<RecordId, RecordGraph> graphs =
                records.graphs(running.stream().map(Enrollment::record).collect(Collectors.toSet()));
        List<Enrollment> met = running.stream()
                .filter(enrollment -> graphs.containsKey(enrollment.record()))
                .filter(enrollment -> records.matches(options(enrollment).exitWhen(), graphs.get(enrollment.record())))
                .toList();
        met.forEach(enrollment -> enrollments.requestExit(enrollment.id(), Reason.CRITERIA_MET));
        return met.size();
    }

    private EffectiveOptions options(Enrollment enrollment) {
        return versions.index(enrollment.version()).options();
    }
}
