package io.upnext.enrollment;

import io.upnext.enrollment.InstanceMigration.Position;
import io.upnext.enrollment.MigrationRoutes.Fate;
import io.upnext.enrollment.MigrationRoutes.Route;
import io.upnext.enrollment.MigrationRoutes.Stop;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import io.upnext.sequence.StepIndex;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Works out who would go where; reads only. */
@Component
class MigrationPlans {

    private static final String NOT_BEGUN = "";
    private static final String COMPLETE = "COMPLETE";

    private final InstanceMigration instances;
    private final StepRunRows runs;
    private final EnrollmentViews views;

    MigrationPlans(InstanceMigration instances, StepRunRows runs, EnrollmentViews views) {
        this.instances = instances;
        this.runs = runs;
        this.views = views;
    }

    MigrationPlan plan(
            CurrentUser user, Passage passage, MigrationRequest request, List<Enrollment> concerned, PageQuery page) {
        Map<Enrollment, Route> routes = routes(passage, request, concerned);
        Map<String, Integer> counts = new TreeMap<>();
        routes.values().forEach(route -> counts.merge(action(route), 1, Integer::sum));
        return new MigrationPlan(
                passage.from().number(),
                passage.to().number(),
                request.dueTimes(),
                concerned.size(),
                counts,
                steps(passage, request, routes),
                page(user, passage, concerned, routes, page));
    }

    /** How many are at each removed step that nobody has chosen for. */
    Map<String, Long> undecided(Passage passage, MigrationRequest request, List<Enrollment> concerned) {
        Map<String, Long> undecided = new TreeMap<>();
        routes(passage, request, concerned).values().stream()
                .filter(route -> route.fate() == Fate.UNDECIDED)
                .flatMap(route -> route.stops().stream())
                .filter(stop -> stop.fate() == Fate.UNDECIDED)
                .forEach(stop -> undecided.merge(stop.position().step(), 1L, Long::sum));
        return undecided;
    }

    private Map<Enrollment, Route> routes(Passage passage, MigrationRequest request, List<Enrollment> concerned) {
        MigrationRoutes routes = new MigrationRoutes(passage, instances.carried(passage), request);
        Map<String, List<Position>> positions = instances.positions(concerned.stream()
                .map(Enrollment::processInstanceId)
                .filter(Objects::nonNull)
                .toList());
        Map<EnrollmentId, Set<String>> visited = passage.mode() == Definition.Mode.ADAPTIVE
                ? Map.of()
                : runs.visited(concerned.stream().map(Enrollment::id).toList());
        Map<Enrollment, Route> found = new LinkedHashMap<>();
        concerned.forEach(enrollment -> found.put(
                enrollment,
                routes.of(
                        enrollment,
                        positions.getOrDefault(enrollment.processInstanceId(), List.of()),
                        visited.getOrDefault(enrollment.id(), Set.of()))));
        return found;
    }

    private static List<MigrationPlan.AtStep> steps(
            Passage passage, MigrationRequest request, Map<Enrollment, Route> routes) {
        Map<String, Long> counts = new HashMap<>();
        routes.values().forEach(route -> route.stops().stream()
                .map(stop -> stop.position().step() == null
                        ? NOT_BEGUN
                        : stop.position().step())
                .distinct()
                .forEach(step -> counts.merge(step, 1L, Long::sum)));
        List<MigrationPlan.AtStep> steps = new ArrayList<>();
        if (counts.containsKey(NOT_BEGUN)) {
            steps.add(new MigrationPlan.AtStep(null, counts.get(NOT_BEGUN), null, null, false, null, null));
        }
        StepIndex.of(passage.from().definition()).all().stream()
                .filter(step -> step.id() != null)
                .filter(step ->
                        counts.containsKey(step.id()) || !passage.steps().keeps(step.id()))
                .forEach(step -> steps.add(at(passage, request, step, counts.getOrDefault(step.id(), 0L))));
        return steps;
    }

    private static MigrationPlan.AtStep at(Passage passage, MigrationRequest request, Step step, long count) {
        boolean removed = !passage.steps().keeps(step.id());
        StepRunView.Info now = renamed(passage, step);
        return new MigrationPlan.AtStep(
                StepRunView.Info.of(step),
                count,
                now == null ? null : now.name(),
                now,
                removed,
                removed ? request.choice(step.id()) : null,
                removed
                        ? passage.steps()
                                .following(step.id())
                                .map(StepRunView.Info::of)
                                .orElse(null)
                        : null);
    }

    private static StepRunView.Info renamed(Passage passage, Step step) {
        return passage.steps()
                .same(step.id())
                .map(StepRunView.Info::of)
                .filter(now -> !now.name().equals(StartedTask.nameOf(step)))
                .orElse(null);
    }

    private static String action(Route route) {
        return route.completes() ? COMPLETE : route.fate().name();
    }

    private Paged<MigrationPlan.Move> page(
            CurrentUser user,
            Passage passage,
            List<Enrollment> concerned,
            Map<Enrollment, Route> routes,
            PageQuery page) {
        List<Enrollment> shown =
                concerned.stream().skip(page.offset()).limit(page.size()).toList();
        List<EnrollmentView> seen = views.of(user, shown);
        List<MigrationPlan.Move> moves = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            moves.add(move(passage, shown.get(i), seen.get(i).record(), routes.get(shown.get(i))));
        }
        return Paged.of(moves, page, concerned.size());
    }

    private static MigrationPlan.Move move(Passage passage, Enrollment enrollment, RecordRef record, Route route) {
        List<String> steps = route.stops().stream()
                .map(stop -> stop.position().step())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        List<String> to = to(route, steps);
        boolean stays = route.fate() == Fate.STAY;
        List<StepRunView.Info> at = infos(steps, passage.steps()::old);
        List<StepRunView.Info> then = infos(to, stays ? passage.steps()::old : passage.steps()::fresh);
        return new MigrationPlan.Move(
                enrollment.id(),
                record,
                enrollment.state(),
                action(route),
                steps,
                to,
                names(at),
                names(then),
                at,
                then);
    }

    private static List<String> names(List<StepRunView.Info> steps) {
        return steps.stream().map(StepRunView.Info::name).toList();
    }

    private static List<StepRunView.Info> infos(List<String> steps, Function<String, Optional<Step>> version) {
        return steps.stream()
                .map(id -> version.apply(id)
                        .map(StepRunView.Info::of)
                        .orElseGet(() -> new StepRunView.Info(id, null, id, null, null, null, null, null)))
                .toList();
    }

    private static List<String> to(Route route, List<String> steps) {
        return switch (route.fate()) {
            case CONTINUE, STAY -> steps;
            case NEXT ->
                route.stops().stream()
                        .map(MigrationPlans::after)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
            case DISCONNECT, UNDECIDED -> List.of();
        };
    }

    private static String after(Stop stop) {
        if (!stop.leaves()) {
            return stop.position().step();
        }
        return stop.entry() == null ? null : stop.entry().step();
    }
}
