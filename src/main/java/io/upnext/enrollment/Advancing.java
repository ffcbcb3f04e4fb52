package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.record.Timeline;
import io.upnext.security.Settings;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.sequence.Versions;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.VersionId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Goes on in another sequence: one enrollment ends as advanced, a linked one begins in the called process instance. */
@Component
public class Advancing {

    private final EnrollmentContexts contexts;
    private final EnrollmentRows enrollments;
    private final StepRunRows runs;
    private final Sequences sequences;
    private final Versions versions;
    private final Timeline timeline;
    private final Settings settings;
    private final Clock clock;

    Advancing(
            EnrollmentContexts contexts,
            EnrollmentRows enrollments,
            StepRunRows runs,
            Sequences sequences,
            Versions versions,
            Timeline timeline,
            Settings settings,
            Clock clock) {
        this.contexts = contexts;
        this.enrollments = enrollments;
        this.runs = runs;
        this.sequences = sequences;
        this.versions = versions;
        this.timeline = timeline;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The newest active version of the step's target at this moment.
     *
     * @throws UnprocessableException where it cannot be entered now; an incident a person can solve
     */
    public SequenceVersion target(EnrollmentId id, String stepId) {
        EnrollmentContext context = contexts.lock(id);
        Step.Advance step = (Step.Advance) context.step(stepId);
        int most = settings.number(AdvanceSettings.HOPS, AdvanceSettings.HOPS_BY_DEFAULT);
        if (context.enrollment().hops() >= most) {
            throw new UnprocessableException("The record has advanced " + most
                    + " times from sequence to sequence; disconnect it or break the circle.");
        }
        return versions.holdActive(SequenceId.of(step.sequence()))
                .orElseThrow(() -> new UnprocessableException("The sequence to advance to, '"
                        + sequences
                                .find(SequenceId.of(step.sequence()))
                                .map(found -> found.name())
                                .orElse(step.sequence())
                        + "', is not active; activate it and retry."));
    }

    /**
     * A called process instance begins: makes its enrollment and ends the one it comes from.
     *
     * @throws UnprocessableException where the record, or one with its address, is in the target sequence already
     */
    public EnrollmentId begin(EnrollmentId previous, String stepId, VersionId versionId, String processInstanceId) {
        EnrollmentContext context = contexts.lock(previous);
        Enrollment from = context.enrollment();
        SequenceVersion version = versions.get(versionId);
        Instant now = clock.instant();
        Enrollment next = new Enrollment(
                EnrollmentId.next(),
                version.sequence(),
                version.id(),
                version.number(),
                from.record(),
                from.recordType(),
                State.CONNECTED,
                null,
                null,
                from.connectedBy(),
                now,
                null,
                null,
                null,
                null,
                previous,
                null,
                from.hops() + 1);
        if (enrollments.insert(List.of(next), address(context, next), null).isEmpty()) {
            throw new UnprocessableException("The record, or another with its address, is in the sequence to advance to"
                    + " already; disconnect it there and retry.");
        }
        enrollments.started(Map.of(next.id(), processInstanceId));
        finish(from, next, stepId, now);
        contexts.remember(next, context.graph());
        return next.id();
    }

    /** Where the target takes an address once only, it is taken from now on. */
    private Map<EnrollmentId, String> address(EnrollmentContext context, Enrollment next) {
        String address = context.graph() == null
                ? null
                : ConnectRules.address(versions.index(next.version()).options(), context.graph());
        return address == null ? Map.of() : Map.of(next.id(), address);
    }

    private void finish(Enrollment from, Enrollment next, String stepId, Instant now) {
        EnrollmentContext context = contexts.lock(from.id());
        Step step = context.step(stepId);
        runs.supersedeFailed(from.id(), now);
        contexts.insert(new StepRun(
                StepRunId.next(),
                from.id(),
                from.sequence(),
                from.record(),
                step.id(),
                step.type(),
                StartedTask.nameOf(step),
                StepRun.State.DONE,
                null,
                now,
                null,
                null,
                now,
                "ADVANCED",
                null,
                null,
                null,
                null));
        enrollments.end(from.id(), Reason.ADVANCED, now);
        enrollments.link(from.id(), next.id());
        contexts.forget(from.id());
        timeline.add(new Timeline.Entry(
                from.record(),
                now,
                "advanced",
                Actor.SYSTEM,
                Map.of(
                        "from",
                                sequences
                                        .find(from.sequence())
                                        .map(s -> s.name())
                                        .orElse(""),
                        "to", sequences.find(next.sequence()).map(s -> s.name()).orElse(""),
                        "enrollment", next.id().toString())));
    }
}
