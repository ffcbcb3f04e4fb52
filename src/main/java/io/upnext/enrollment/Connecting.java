package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.State;
import io.upnext.operation.Operations.Result;
import io.upnext.record.RecordGraph;
import io.upnext.record.Timeline;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Versions;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Enrolls a batch of records in one transaction: rules for all of them in a few statements, rows and process instances
 * together. Whoever loses a race against another batch is refused, not failed.
 */
@Component
class Connecting {

    private final EnrollmentRows enrollments;
    private final EnrollmentContexts contexts;
    private final ConnectRules rules;
    private final SequenceRuntime runtime;
    private final Timeline timeline;
    private final Clock clock;

    Connecting(
            EnrollmentRows enrollments,
            EnrollmentContexts contexts,
            ConnectRules rules,
            SequenceRuntime runtime,
            Timeline timeline,
            Clock clock) {
        this.enrollments = enrollments;
        this.contexts = contexts;
        this.rules = rules;
        this.runtime = runtime;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** One result per record, in their order. */
    List<Result> connect(ConnectRules.Asked asked, ConnectRequest request, List<String> records) {
        ConnectRules.Outcome checked = rules.check(asked, records);
        Map<String, Result> results = new HashMap<>();
        checked.refused().forEach((record, problem) -> results.put(record, Result.refused(record, problem)));
        List<Enrollment> wanted = new ArrayList<>();
        Map<EnrollmentId, String> addresses = new HashMap<>();
        checked.accepted().forEach((record, graph) -> {
            Enrollment enrollment = enrollment(asked, request, graph);
            wanted.add(enrollment);
            String address = rules.address(asked, graph);
            if (address != null) {
                addresses.put(enrollment.id(), address);
            }
            results.put(record, Result.enrolled(record, enrollment.id().toString()));
        });
        List<Enrollment> inserted = insert(wanted, addresses, request.source(), results);
        enter(inserted, checked.accepted(), asked);
        return inOrder(records, results);
    }

    /** A record named twice in one request is connected once; the second mention is refused like any other repetition. */
    private static List<Result> inOrder(List<String> records, Map<String, Result> results) {
        List<Result> ordered = new ArrayList<>();
        Map<String, Boolean> seen = new LinkedHashMap<>();
        for (String record : records) {
            Result result = results.get(record);
            boolean again = seen.put(record, true) != null && result.ok();
            ordered.add(again ? Result.refused(record, ConnectRules.alreadyConnected()) : result);
        }
        return ordered;
    }

    private List<Enrollment> insert(
            List<Enrollment> wanted, Map<EnrollmentId, String> addresses, String source, Map<String, Result> results) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Set<EnrollmentId> inserted = enrollments.insert(wanted, addresses, source);
        wanted.stream().filter(e -> !inserted.contains(e.id())).forEach(lost -> {
            String record = lost.record().toString();
            results.put(record, Result.refused(record, rules.lostRace(lost, addresses.get(lost.id()))));
        });
        return wanted.stream().filter(e -> inserted.contains(e.id())).toList();
    }

    private void enter(List<Enrollment> inserted, Map<String, RecordGraph> graphs, ConnectRules.Asked asked) {
        if (inserted.isEmpty()) {
            return;
        }
        inserted.forEach(e -> contexts.remember(e, graphs.get(e.record().toString())));
        List<Enrollment> atOnce =
                inserted.stream().filter(e -> e.state() == State.CONNECTED).toList();
        start(atOnce, asked.version());
        timeline.add(inserted.stream().map(e -> connected(e, asked)).toList());
    }

    /** Starts the process instances of enrollments whose contexts are known to this transaction. */
    void start(List<Enrollment> starting, SequenceVersion version) {
        if (starting.isEmpty()) {
            return;
        }
        List<SequenceRuntime.Start> starts = starting.stream()
                .map(e -> new SequenceRuntime.Start(
                        e.id(),
                        e.recordType(),
                        e.record(),
                        e.startStep(),
                        e.hops(),
                        version.definition().effectiveMode()))
                .toList();
        contexts.collectingRuns(() -> enrollments.started(runtime.start(version.id(), starts)));
    }

    private Enrollment enrollment(ConnectRules.Asked asked, ConnectRequest request, RecordGraph graph) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Enrollment(
                EnrollmentId.next(),
                asked.version().sequence(),
                asked.version().id(),
                asked.version().number(),
                graph.record().id(),
                graph.record().type(),
                request.startAt() == null ? State.CONNECTED : State.CONNECTING,
                null,
                null,
                asked.user().id(),
                now,
                request.startAt(),
                request.startAtStep(),
                null,
                null,
                null,
                null,
                0);
    }

    private Timeline.Entry connected(Enrollment enrollment, ConnectRules.Asked asked) {
        Sequence sequence = asked.sequence();
        Actor actor = asked.user().actor();
        return new Timeline.Entry(
                enrollment.record(),
                enrollment.connectedAt(),
                "connected",
                actor,
                Map.of(
                        "sequence", sequence.name(),
                        "version", String.valueOf(enrollment.versionNumber()),
                        "enrollment", enrollment.id().toString()));
    }

    /** Starts those whose wait before the first step is over. */
    int startDue(int limit, Versions versions) {
        List<Enrollment> due = enrollments.dueToStart(clock.instant(), limit);
        for (Enrollment enrollment : due) {
            contexts.lock(enrollment.id());
            start(List.of(enrollment), versions.get(enrollment.version()));
        }
        return due.size();
    }
}
