package io.upnext.enrollment;

import io.upnext.enrollment.InstanceMigration.Position;
import io.upnext.enrollment.MigrationRequest.Choice;
import io.upnext.enrollment.MigrationRequest.DueTimes;
import io.upnext.operation.Operations;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.RunningMove;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.sequence.StepIndex;
import io.upnext.sequence.Versions;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Problem;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Moving what runs in a sequence to its newest version: the plan beforehand, and the move in the background. */
@Component
public class Migrations implements RunningMove {

    private final Sequences sequences;
    private final Versions versions;
    private final MigrationLookups lookups;
    private final InstanceMigration instances;
    private final MigrationPlans plans;
    private final Operations operations;
    private final AuditLog audit;

    Migrations(
            Sequences sequences,
            Versions versions,
            MigrationLookups lookups,
            InstanceMigration instances,
            MigrationPlans plans,
            Operations operations,
            AuditLog audit) {
        this.sequences = sequences;
        this.versions = versions;
        this.lookups = lookups;
        this.instances = instances;
        this.plans = plans;
        this.operations = operations;
        this.audit = audit;
    }

    /**
     * What is asked for.
     *
     * @param enrollments null for everything that runs on the version
     * @param removedSteps by step id; see {@link Choice}
     * @param otherwise for steps not named there; null to be asked
     */
    public record Wanted(
            SequenceId sequence,
            int from,
            int to,
            List<String> enrollments,
            Map<String, Choice> removedSteps,
            Choice otherwise,
            DueTimes dueTimes) {

        MigrationRequest request() {
            return new MigrationRequest(
                    sequence, from, to, removedSteps, otherwise, dueTimes == null ? DueTimes.KEEP : dueTimes);
        }
    }

    /**
     * Who would go where; changes nothing.
     *
     * @param page of the enrollments
     * @throws UnprocessableException where the versions or the choices make no sense
     */
    @Transactional(readOnly = true)
    public MigrationPlan plan(CurrentUser user, Wanted wanted, PageQuery page) {
        Passage passage = check(user, wanted);
        return plans.plan(user, passage, wanted.request(), concerned(wanted), page);
    }

    /** @throws UnprocessableException as {@link #plan}, and where somebody is at a removed step nobody chose for */
    @Transactional
    public OperationId submit(CurrentUser user, Wanted wanted) {
        Passage passage = check(user, wanted);
        requireChoices(passage, wanted);
        List<String> items = wanted.enrollments() == null
                ? Stream.concat(concerned(wanted).stream(), waitingForAdvanced(passage.from()).stream())
                        .map(enrollment -> enrollment.id().toString())
                        .toList()
                : wanted.enrollments().stream().distinct().toList();
        return submit(user, wanted.request(), items);
    }

    private OperationId submit(CurrentUser user, MigrationRequest request, List<String> items) {
        Map<String, Object> before = new HashMap<>();
        before.put("version", request.from());
        audit.add(
                user.actor(),
                "sequence.migrate",
                "sequence:" + request.sequence(),
                before,
                Map.of(
                        "version",
                        request.to(),
                        "enrollments",
                        items.size(),
                        "removedSteps",
                        request.removedSteps(),
                        "dueTimes",
                        request.dueTimes()));
        return operations.submit(MigrationOperation.KIND, user, request, items);
    }

    /** Whoever is at a removed step goes on at the next one. */
    @Override
    public OperationId moveAll(CurrentUser user, SequenceVersion to) {
        MigrationRequest request =
                new MigrationRequest(to.sequence(), null, to.number(), Map.of(), Choice.NEXT, DueTimes.KEEP);
        List<String> items = lookups.runningOnOther(to.sequence(), to.number()).stream()
                .map(enrollment -> enrollment.id().toString())
                .toList();
        return submit(user, request, items);
    }

    private Passage check(CurrentUser user, Wanted wanted) {
        sequences.requireChange(user, wanted.sequence());
        SequenceVersion from = sequences.version(user, wanted.sequence(), wanted.from());
        SequenceVersion to = sequences.version(user, wanted.sequence(), wanted.to());
        if (from.number() == to.number()) {
            throw new UnprocessableException("'fromVersion' and 'toVersion' are the same; there is nothing to move.");
        }
        int newest = versions.newest(wanted.sequence()).orElseThrow().number();
        if (to.number() != newest) {
            throw new UnprocessableException(
                    "Enrollments move to the newest version only; give " + newest + " as 'toVersion'.");
        }
        Passage passage = Passage.of(from, to, versions);
        if (!passage.sameMode()) {
            throw new UnprocessableException("Version " + to.number()
                    + " has another mode, so nobody can go on where they were; let them finish, or disconnect them.");
        }
        checkChoices(passage, wanted.removedSteps());
        return passage;
    }

    private static void checkChoices(Passage passage, Map<String, Choice> choices) {
        StepIndex before = StepIndex.of(passage.from().definition());
        for (String step : choices.keySet()) {
            if (before.step(step).isEmpty() || passage.steps().keeps(step)) {
                String message = before.step(step).isEmpty()
                        ? "Version " + passage.from().number() + " has no step '" + step + "'; leave it out."
                        : "The step '" + step + "' is in version "
                                + passage.to().number() + ", too; leave it out of 'removedSteps'.";
                throw new UnprocessableException(message, List.of(Problem.error("removed-step", step, message)));
            }
        }
    }

    private List<Enrollment> concerned(Wanted wanted) {
        return wanted.enrollments() == null
                ? lookups.runningOn(wanted.sequence(), wanted.from())
                : lookups.runningOn(wanted.sequence(), wanted.from(), wanted.enrollments());
    }

    private List<Enrollment> waitingForAdvanced(SequenceVersion version) {
        List<Enrollment> advanced = lookups.advanced(version.sequence(), version.number());
        Map<String, List<Position>> alive = instances.positions(advanced.stream()
                .map(Enrollment::processInstanceId)
                .filter(Objects::nonNull)
                .toList());
        return advanced.stream()
                .filter(enrollment -> alive.containsKey(enrollment.processInstanceId()))
                .toList();
    }

    private void requireChoices(Passage passage, Wanted wanted) {
        Map<String, Long> undecided = plans.undecided(passage, wanted.request(), concerned(wanted));
        if (undecided.isEmpty()) {
            return;
        }
        StepIndex before = StepIndex.of(passage.from().definition());
        List<Problem> problems = undecided.entrySet().stream()
                .map(step -> Problem.error(
                        "removed-step",
                        step.getKey(),
                        step.getValue() + " are at the step '"
                                + before.step(step.getKey()).map(Step::name).orElse(step.getKey())
                                + "', which version " + passage.to().number()
                                + " does not have; choose NEXT, DISCONNECT or STAY for it."))
                .toList();
        throw new UnprocessableException(
                "Choose in 'removedSteps' what becomes of those at steps the new version does not have.", problems);
    }
}
