package io.upnext.enrollment;

import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Versions;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.TeamId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Who may end, pause, resume an enrollment and end its waits, among those who see it: who connected the record, whose
 * sequence it is, whose record it is, whose steps they are, and who manages the work of the unit.
 */
@Component
class SteeringRights {

    private final Sequences sequences;
    private final Versions versions;
    private final Records records;
    private final StepRunRows runs;
    private final Assignments assignments;

    SteeringRights(Sequences sequences, Versions versions, Records records, StepRunRows runs, Assignments assignments) {
        this.sequences = sequences;
        this.versions = versions;
        this.records = records;
        this.runs = runs;
        this.assignments = assignments;
    }

    static ForbiddenException missing() {
        return new ForbiddenException("What this record is connected to is changed by who connected it, who owns the"
                + " record or the sequence, who works its steps, or a manager; ask one of them.");
    }

    boolean may(CurrentUser user, Enrollment enrollment) {
        return !among(user, List.of(enrollment)).isEmpty();
    }

    /** Those of them, in a bounded number of statements. The caller has checked, or checks, that the user sees them. */
    Set<EnrollmentId> among(CurrentUser user, Collection<Enrollment> enrollments) {
        if (manages(user)) {
            return enrollments.stream().map(Enrollment::id).collect(Collectors.toSet());
        }
        Set<RecordId> of = enrollments.stream().map(Enrollment::record).collect(Collectors.toSet());
        Facts facts = new Facts(
                sequences.findAll(enrollments.stream().map(Enrollment::sequence).collect(Collectors.toSet())),
                records.graphs(of),
                of.isEmpty()
                        ? Map.of()
                        : runs.current(of).stream().collect(Collectors.groupingBy(StepRun::enrollment)));
        return enrollments.stream()
                .filter(enrollment -> may(user, enrollment, facts))
                .map(Enrollment::id)
                .collect(Collectors.toSet());
    }

    private record Facts(
            Map<SequenceId, Sequence> sequences,
            Map<RecordId, RecordGraph> records,
            Map<EnrollmentId, List<StepRun>> steps) {}

    private static boolean manages(CurrentUser user) {
        return user.may(Right.MANAGE_TEAM_WORK) || user.may(Right.ADMINISTER);
    }

    private boolean may(CurrentUser user, Enrollment enrollment, Facts facts) {
        Sequence sequence = facts.sequences.get(enrollment.sequence());
        RecordGraph graph = facts.records.get(enrollment.record());
        return enrollment.connectedBy().equals(user.id())
                || (sequence != null && sequence.owner().equals(user.id()))
                || (graph != null && isOrHas(user, graph.record().owner()))
                || facts.steps.getOrDefault(enrollment.id(), List.of()).stream()
                        .anyMatch(run -> isOrHas(user, run.assignee()))
                || (sequence != null && isOrHas(user, assignee(enrollment, sequence, graph)));
    }

    /** Whom the next step would go to: during a wait nobody has one yet. */
    private Principal assignee(Enrollment enrollment, Sequence sequence, RecordGraph graph) {
        return assignments.of(
                versions.get(enrollment.version()).definition().assignTo(),
                sequence.owner(),
                enrollment.connectedBy(),
                graph);
    }

    private static boolean isOrHas(CurrentUser user, Principal principal) {
        return principal != null
                && (principal.equals(Principal.user(user.id()))
                        || (!principal.isUser() && user.teams().contains(new TeamId(principal.id()))));
    }
}
