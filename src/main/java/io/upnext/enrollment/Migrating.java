package io.upnext.enrollment;

import io.upnext.enrollment.InstanceMigration.Position;
import io.upnext.enrollment.MigrationRoutes.Fate;
import io.upnext.enrollment.MigrationRoutes.Route;
import io.upnext.operation.Operations.Result;
import io.upnext.record.Timeline;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Definition;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Versions;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Problem;
import io.upnext.shared.UnprocessableException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Moves a batch of enrollments to another version in the caller's transaction. All of them are locked first, so that
 * each is either moved before or after whatever else happens to it at the same moment.
 */
@Component
class Migrating {

    private final EnrollmentRows enrollments;
    private final StepRunRows runs;
    private final InstanceMigration instances;
    private final Relocation relocation;
    private final DueTimesAnew dueTimes;
    private final Relabelling relabelling;
    private final Exits exits;
    private final Versions versions;
    private final Timeline timeline;
    private final Clock clock;

    Migrating(
            EnrollmentRows enrollments,
            StepRunRows runs,
            InstanceMigration instances,
            Relocation relocation,
            DueTimesAnew dueTimes,
            Relabelling relabelling,
            Exits exits,
            Versions versions,
            Timeline timeline,
            Clock clock) {
        this.enrollments = enrollments;
        this.runs = runs;
        this.instances = instances;
        this.relocation = relocation;
        this.dueTimes = dueTimes;
        this.relabelling = relabelling;
        this.exits = exits;
        this.versions = versions;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** One result per item, in their order. */
    List<Result> migrate(MigrationRequest request, CurrentUser by, List<String> items, Map<String, Long> counts) {
        versions.hold(request.sequence());
        SequenceVersion to = target(request);
        Map<String, EnrollmentId> ids = new LinkedHashMap<>();
        items.forEach(item -> ids.put(item, id(item)));
        Map<EnrollmentId, Enrollment> locked = enrollments.lockAll(
                ids.values().stream().filter(Objects::nonNull).distinct().toList());
        Batch batch = new Batch(request, to, by, positions(locked.values()), visited(to, locked.keySet()));
        Map<String, Outcome> outcomes = new HashMap<>();
        ids.forEach((item, id) -> outcomes.put(item, batch.decide(id == null ? null : locked.get(id))));
        batch.carry();
        outcomes.values().forEach(outcome -> counts.merge(outcome.count, 1L, Long::sum));
        return items.stream().map(item -> outcomes.get(item).result(item)).toList();
    }

    /** Which steps each has been at; only days and runs ask for it. */
    private Map<EnrollmentId, Set<String>> visited(SequenceVersion to, Collection<EnrollmentId> ids) {
        return to.definition().effectiveMode() == Definition.Mode.ADAPTIVE ? Map.of() : runs.visited(ids);
    }

    private SequenceVersion target(MigrationRequest request) {
        SequenceVersion to = versions.find(request.sequence(), request.to()).orElseThrow();
        if (!instances.runs(to.id())) {
            throw new UnprocessableException("Version " + to.number()
                    + " has been replaced and taken off the engine meanwhile; migrate to the newest version.");
        }
        return to;
    }

    private static EnrollmentId id(String item) {
        try {
            return EnrollmentId.of(item);
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    private Map<String, List<Position>> positions(Collection<Enrollment> of) {
        return instances.positions(of.stream()
                .map(Enrollment::processInstanceId)
                .filter(Objects::nonNull)
                .toList());
    }

    /** @param problem null where it went well */
    private record Outcome(String count, Problem problem) {

        static Outcome done(String count) {
            return new Outcome(count, null);
        }

        static Outcome refused(String rule, String message) {
            return new Outcome("refused", Problem.error(rule, message));
        }

        Result result(String item) {
            return problem == null ? Result.enrolled(item, item) : Result.refused(item, problem);
        }
    }

    /** What one chunk has in common, and those of it that go on as they are: they are carried together. */
    private final class Batch {
        private final MigrationRequest request;
        private final SequenceVersion to;
        private final CurrentUser by;
        private final Map<String, List<Position>> positions;
        private final Map<EnrollmentId, Set<String>> visited;
        private final Map<Integer, Passage> passages = new HashMap<>();
        private final Map<Integer, MigrationRoutes> routes = new HashMap<>();
        private final Map<Integer, List<Enrollment>> carried = new HashMap<>();
        private final Map<Integer, List<Enrollment>> moved = new HashMap<>();

        private Batch(
                MigrationRequest request,
                SequenceVersion to,
                CurrentUser by,
                Map<String, List<Position>> positions,
                Map<EnrollmentId, Set<String>> visited) {
            this.request = request;
            this.to = to;
            this.by = by;
            this.positions = positions;
            this.visited = visited;
        }

        private Outcome decide(Enrollment enrollment) {
            if (enrollment == null || !enrollment.sequence().equals(request.sequence())) {
                return Outcome.refused("unknown-enrollment", "This sequence has no such enrollment.");
            }
            boolean waitsForAdvanced = enrollment.reason() == Enrollment.Reason.ADVANCED;
            if (waitsForAdvanced) {
                return advanced(enrollment);
            }
            if (!enrollment.live()) {
                return Outcome.refused("ended", "The enrollment has ended or is about to end.");
            }
            if (enrollment.versionNumber() == to.number()) {
                return Outcome.done("already");
            }
            if (request.from() != null && enrollment.versionNumber() != request.from()) {
                return Outcome.refused(
                        "other-version",
                        "The enrollment runs on version " + enrollment.versionNumber() + ", not on version "
                                + request.from() + ".");
            }
            if (!passage(enrollment).sameMode()) {
                return Outcome.refused(
                        "other-mode",
                        "The new version has another mode; let the enrollment finish on its own version.");
            }
            if (enrollment.processInstanceId() != null && at(enrollment).isEmpty()) {
                return Outcome.refused("ended", "The enrollment's process has ended.");
            }
            return go(
                    enrollment,
                    routes(enrollment).of(enrollment, at(enrollment), visited.getOrDefault(enrollment.id(), Set.of())));
        }

        private List<Position> at(Enrollment enrollment) {
            return enrollment.processInstanceId() == null
                    ? List.of()
                    : positions.getOrDefault(enrollment.processInstanceId(), List.of());
        }

        /** Its instance waits for the one it advanced into; nobody sees it any more, but it keeps its version busy. */
        private Outcome advanced(Enrollment enrollment) {
            boolean goesOn = !at(enrollment).isEmpty()
                    && enrollment.versionNumber() != to.number()
                    && at(enrollment).stream()
                            .allMatch(
                                    p -> instances.carried(passage(enrollment)).contains(p.element()));
            if (goesOn) {
                instances.carry(passage(enrollment), List.of(enrollment.processInstanceId()));
            }
            return Outcome.done("advanced");
        }

        private Outcome go(Enrollment enrollment, Route route) {
            return switch (route.fate()) {
                case CONTINUE -> {
                    carried.computeIfAbsent(enrollment.versionNumber(), version -> new ArrayList<>())
                            .add(enrollment);
                    yield Outcome.done("migrated");
                }
                case NEXT -> {
                    boolean went = relocation.move(enrollment, passage(enrollment), route, request, by);
                    if (went) {
                        moved.computeIfAbsent(enrollment.versionNumber(), version -> new ArrayList<>())
                                .add(enrollment);
                        remember(List.of(enrollment));
                    }
                    yield Outcome.done(went ? "migrated" : "waiting");
                }
                case STAY -> Outcome.done("stayed");
                case DISCONNECT -> {
                    exits.end(enrollment.id(), Enrollment.Reason.USER, by.actor());
                    yield Outcome.done("disconnected");
                }
                case UNDECIDED ->
                    Outcome.refused(
                            "removed-step",
                            "The enrollment is at the step '" + undecided(route)
                                    + "', which the new version does not have; choose in 'removedSteps' what becomes of"
                                    + " it.");
            };
        }

        private static String undecided(Route route) {
            return route.stops().stream()
                    .filter(stop -> stop.fate() == Fate.UNDECIDED)
                    .map(stop -> stop.position().step())
                    .findFirst()
                    .orElseThrow();
        }

        private Passage passage(Enrollment enrollment) {
            return passages.computeIfAbsent(
                    enrollment.versionNumber(), number -> Passage.of(versions.get(enrollment.version()), to, versions));
        }

        private MigrationRoutes routes(Enrollment enrollment) {
            return routes.computeIfAbsent(enrollment.versionNumber(), number -> {
                Passage passage = passage(enrollment);
                return new MigrationRoutes(passage, instances.carried(passage), request);
            });
        }

        private void carry() {
            carried.forEach((number, group) -> {
                Passage passage = passage(group.get(0));
                List<String> begun = group.stream()
                        .map(Enrollment::processInstanceId)
                        .filter(Objects::nonNull)
                        .toList();
                if (!begun.isEmpty()) {
                    instances.carry(passage, begun);
                }
                enrollments.toVersion(group.stream().map(Enrollment::id).toList(), to.id(), to.number());
                group.forEach(enrollment -> dueTimes.set(enrollment, passage, request));
                moved.computeIfAbsent(number, version -> new ArrayList<>()).addAll(group);
                remember(group);
            });
            moved.values()
                    .forEach(group -> relabelling.after(
                            passage(group.get(0)),
                            group.get(0).recordType(),
                            group.stream().map(Enrollment::id).toList()));
        }

        private void remember(List<Enrollment> moved) {
            Actor actor = by.actor();
            timeline.add(moved.stream()
                    .map(enrollment -> new Timeline.Entry(
                            enrollment.record(),
                            clock.instant(),
                            "migrated",
                            actor,
                            Map.of(
                                    "sequence", to.definition().name(),
                                    "from", String.valueOf(enrollment.versionNumber()),
                                    "to", String.valueOf(to.number()),
                                    "enrollment", enrollment.id().toString())))
                    .toList());
        }
    }
}
