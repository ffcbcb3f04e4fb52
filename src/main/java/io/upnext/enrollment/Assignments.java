package io.upnext.enrollment;

import io.upnext.record.RecordGraph;
import io.upnext.security.StandIns;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.Definition.Assignment;
import io.upnext.shared.Principal;
import io.upnext.shared.TeamId;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whom the manual steps of an enrollment go to. */
@Component
class Assignments {

    private final Users users;
    private final StandIns standIns;
    private final StepEligibility eligibility;
    private final Clock clock;

    Assignments(Users users, StandIns standIns, StepEligibility eligibility, Clock clock) {
        this.users = users;
        this.standIns = standIns;
        this.eligibility = eligibility;
        this.clock = clock;
    }

    /** Who does a manual step that opens now: where somebody is away, their stand-in, if that one can work the record. */
    Principal working(EnrollmentContext context) {
        return working(of(context), context.graph(), clock.instant());
    }

    /** The same for whom the sequence names, at another moment. @param graph null where the record is gone */
    Principal working(Principal named, RecordGraph graph, Instant at) {
        Principal instead = standIns.insteadOf(named, at);
        boolean can = !instead.equals(named)
                && eligibility.active(instead)
                && (graph == null || eligibility.sees(instead, graph.record()));
        return can ? instead : named;
    }

    Principal of(EnrollmentContext context) {
        return of(
                context.version().definition().assignTo(),
                context.sequence().owner(),
                context.enrollment().connectedBy(),
                context.graph());
    }

    /**
     * The user or team the sequence's rule names at this moment; where that is nobody, or somebody who has left, the
     * sequence's owner.
     *
     * @param rule null: the record's owner
     * @param graph null where the record is gone
     */
    Principal of(Assignment rule, UserId sequenceOwner, UserId connectedBy, RecordGraph graph) {
        return named(rule, sequenceOwner, connectedBy, graph)
                .filter(this::exists)
                .orElseGet(() -> Principal.user(sequenceOwner));
    }

    private Optional<Principal> named(Assignment rule, UserId sequenceOwner, UserId connectedBy, RecordGraph graph) {
        if (rule == null || rule.kind() == null) {
            return recordOwner(graph);
        }
        return switch (rule.kind()) {
            case RECORD_OWNER -> recordOwner(graph);
            case SEQUENCE_OWNER -> Optional.of(Principal.user(sequenceOwner));
            case CONNECTED_BY -> Optional.of(Principal.user(connectedBy));
            case USER -> resolve(rule.user());
            case TEAM ->
                resolve(rule.team() == null ? null : "team:" + rule.team().replaceFirst("^team:", ""))
                        .or(() -> resolve(rule.team()));
            case RECORD_FIELD ->
                graph == null ? Optional.empty() : resolve(graph.record().text(rule.field()));
        };
    }

    private static Optional<Principal> recordOwner(RecordGraph graph) {
        return graph == null
                ? Optional.empty()
                : Optional.ofNullable(graph.record().owner());
    }

    private Optional<Principal> resolve(String text) {
        return text == null || text.isBlank() ? Optional.empty() : users.resolve(text);
    }

    private boolean exists(Principal principal) {
        return principal.isUser()
                ? users.find(new UserId(principal.id())).map(User::active).orElse(false)
                : !users.members(new TeamId(principal.id())).isEmpty();
    }
}
