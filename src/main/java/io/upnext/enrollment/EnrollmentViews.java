package io.upnext.enrollment;

import io.upnext.enrollment.abtest.Lots;
import io.upnext.enrollment.abtest.Variant;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Step;
import io.upnext.sequence.Versions;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Shows enrollments and step runs, any number of them in the same few statements. The name of a record is left out where
 * the user may not see the record: somebody who sees a sequence does not for that see everybody connected to it.
 */
@Component
public class EnrollmentViews {

    private final StepRunRows runs;
    private final EnrollmentLookups lookups;
    private final Records records;
    private final Versions versions;
    private final StepRuns stepRuns;
    private final Lots lots;
    private final ByHand byHand;
    private final Awaiting awaiting;

    EnrollmentViews(
            StepRunRows runs,
            EnrollmentLookups lookups,
            Records records,
            Versions versions,
            StepRuns stepRuns,
            Lots lots,
            ByHand byHand,
            Awaiting awaiting) {
        this.runs = runs;
        this.stepRuns = stepRuns;
        this.lookups = lookups;
        this.records = records;
        this.versions = versions;
        this.lots = lots;
        this.byHand = byHand;
        this.awaiting = awaiting;
    }

    public EnrollmentView of(CurrentUser user, Enrollment enrollment) {
        return of(user, List.of(enrollment)).get(0);
    }

    public List<EnrollmentView> of(CurrentUser user, List<Enrollment> enrollments) {
        Set<RecordId> ids = enrollments.stream().map(Enrollment::record).collect(Collectors.toSet());
        Map<RecordId, CrmRecord> found = records.findAll(ids);
        Map<EnrollmentId, List<StepRun>> steps = currentSteps(enrollments);
        Map<EnrollmentId, List<Awaited>> awaited = awaiting.of(enrollments, steps);
        Map<EnrollmentId, EnrollmentLookups.Origin> origins =
                lookups.origins(enrollments.stream().map(Enrollment::id).toList());
        return enrollments.stream()
                .map(enrollment -> view(
                        enrollment,
                        reference(user, enrollment, found),
                        steps.getOrDefault(enrollment.id(), List.of()),
                        awaited.get(enrollment.id()),
                        origins.getOrDefault(enrollment.id(), EnrollmentLookups.Origin.UNKNOWN)))
                .toList();
    }

    private Map<EnrollmentId, List<StepRun>> currentSteps(List<Enrollment> enrollments) {
        Set<RecordId> running = enrollments.stream()
                .filter(enrollment -> !enrollment.ended())
                .map(Enrollment::record)
                .collect(Collectors.toSet());
        if (running.isEmpty()) {
            return Map.of();
        }
        return stepRuns.withPlannedTimes(runs.current(running)).stream()
                .collect(Collectors.groupingBy(StepRun::enrollment));
    }

    private static EnrollmentView view(
            Enrollment enrollment,
            RecordRef record,
            List<StepRun> current,
            List<Awaited> awaited,
            EnrollmentLookups.Origin origin) {
        return new EnrollmentView(
                enrollment.id(),
                enrollment.sequence(),
                enrollment.versionNumber(),
                record,
                enrollment.state(),
                enrollment.reason(),
                current.stream().map(StepRun::stepId).toList(),
                awaited,
                enrollment.connectedAt(),
                enrollment.startAt(),
                enrollment.endedAt(),
                enrollment.processInstanceId(),
                enrollment.previous(),
                enrollment.next(),
                origin.source(),
                origin.audience());
    }

    /** The sequences of those that these were advanced from or to. */
    public Map<EnrollmentId, SequenceId> neighbours(Collection<EnrollmentView> shown) {
        Set<EnrollmentId> ids = shown.stream()
                .flatMap(view -> Stream.of(view.previousEnrollment(), view.nextEnrollment()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return lookups.findAll(ids).values().stream().collect(Collectors.toMap(Enrollment::id, Enrollment::sequence));
    }

    public StepRunView ofRun(CurrentUser user, StepRun run) {
        return ofRuns(user, List.of(run)).get(0);
    }

    public List<StepRunView> ofRuns(CurrentUser user, Collection<StepRun> shown) {
        Map<EnrollmentId, Enrollment> enrollments =
                lookups.findAll(shown.stream().map(StepRun::enrollment).collect(Collectors.toSet()));
        Map<RecordId, CrmRecord> found =
                records.findAll(shown.stream().map(StepRun::record).collect(Collectors.toSet()));
        Map<StepRunId, Variant> variants = variants(shown);
        return stepRuns.withPlannedTimes(shown).stream()
                .map(run -> view(user, run, enrollments.get(run.enrollment()), found, variants.get(run.id())))
                .toList();
    }

    private Map<StepRunId, Variant> variants(Collection<StepRun> shown) {
        List<StepRunId> tested = shown.stream()
                .filter(run -> run.type() == Step.Type.AB_TEST)
                .map(StepRun::id)
                .toList();
        return tested.isEmpty() ? Map.of() : lots.variants(tested);
    }

    private StepRunView view(
            CurrentUser user, StepRun run, Enrollment enrollment, Map<RecordId, CrmRecord> found, Variant variant) {
        return new StepRunView(
                run.id(),
                run.enrollment(),
                run.sequence(),
                info(run, enrollment, variant),
                record(user, run, enrollment.recordType(), found),
                run.state(),
                run.assignee(),
                run.enteredAt(),
                run.dueAt(),
                run.snoozedUntil(),
                run.finishedAt(),
                run.outcome(),
                run.note(),
                run.cause(),
                run.taskId(),
                variant);
    }

    /** @param variant of an A/B test: what was drawn, so that its template is shown */
    private StepRunView.Info info(StepRun run, Enrollment enrollment, Variant variant) {
        return versions.index(enrollment.version())
                .step(run.stepId())
                .map(step -> run.type() == step.type()
                        ? info(step, variant)
                        : StepRunView.Info.of(step).byHand(run.type(), byHand.task(enrollment.recordType(), step)))
                .orElseGet(() ->
                        new StepRunView.Info(run.stepId(), run.type(), run.stepName(), null, null, null, null, null));
    }

    private static StepRunView.Info info(Step step, Variant variant) {
        return variant != null && step instanceof Step.AbTest test
                ? StepRunView.Info.of(test).withTemplate(test.template(variant == Variant.A))
                : StepRunView.Info.of(step);
    }

    private RecordRef reference(CurrentUser user, Enrollment enrollment, Map<RecordId, CrmRecord> found) {
        CrmRecord record = found.get(enrollment.record());
        boolean visible = record != null && records.visible(user, record);
        return new RecordRef(enrollment.recordType(), enrollment.record(), visible ? record.name() : null);
    }

    /** Whose step it is must know for whom to do it, even where the record belongs to another unit. */
    private RecordRef record(CurrentUser user, StepRun run, RecordType type, Map<RecordId, CrmRecord> found) {
        CrmRecord record = found.get(run.record());
        boolean named = record != null && (stepRuns.mine(user, run) || records.visible(user, record));
        return new RecordRef(type, run.record(), named ? record.name() : null);
    }
}
