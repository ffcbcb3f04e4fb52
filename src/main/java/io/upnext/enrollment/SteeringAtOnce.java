package io.upnext.enrollment;

import io.upnext.record.Records;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Pauses, resumes or ends many enrollments in the caller's transaction: what {@link EnrollmentSteering} does with one, in
 * about as many statements for all of them.
 */
@Component
class SteeringAtOnce {

    private final EnrollmentContexts contexts;
    private final Records records;
    private final SteeringRights rights;
    private final Exits exits;
    private final Pauses pauses;
    private final AuditLog audit;

    SteeringAtOnce(
            EnrollmentContexts contexts,
            Records records,
            SteeringRights rights,
            Exits exits,
            Pauses pauses,
            AuditLog audit) {
        this.contexts = contexts;
        this.records = records;
        this.rights = rights;
        this.exits = exits;
        this.pauses = pauses;
        this.audit = audit;
    }

    static boolean can(EnrollmentAction action) {
        return action == EnrollmentAction.PAUSE
                || action == EnrollmentAction.RESUME
                || action == EnrollmentAction.DISCONNECT;
    }

    /** What is so already stays as it is. @return who is left out, and why */
    Map<EnrollmentId, ProblemException> act(CurrentUser user, EnrollmentAction action, Collection<EnrollmentId> ids) {
        Map<EnrollmentId, ProblemException> refused = new LinkedHashMap<>();
        List<EnrollmentContext> wanted = new ArrayList<>();
        for (EnrollmentContext context : permitted(user, ids, refused)) {
            Optional<ProblemException> over = over(action, context.enrollment());
            if (over.isPresent()) {
                refused.put(context.enrollment().id(), over.get());
            } else if (changes(action, context.enrollment())) {
                wanted.add(context);
            }
        }
        if (!wanted.isEmpty()) {
            carryOut(user, action, wanted);
            remember(user, action, wanted);
        }
        return refused;
    }

    private List<EnrollmentContext> permitted(
            CurrentUser user, Collection<EnrollmentId> ids, Map<EnrollmentId, ProblemException> refused) {
        contexts.lockAll(ids);
        contexts.load();
        List<EnrollmentContext> seen = new ArrayList<>();
        for (EnrollmentId id : ids) {
            contexts.lockIfThere(id)
                    .filter(context -> sees(user, context))
                    .ifPresentOrElse(seen::add, () -> refused.put(id, Enrollments.unknown(id)));
        }
        Set<EnrollmentId> may = rights.among(
                user, seen.stream().map(EnrollmentContext::enrollment).toList());
        seen.removeIf(context -> {
            EnrollmentId id = context.enrollment().id();
            if (!may.contains(id)) {
                refused.put(id, SteeringRights.missing());
            }
            return !may.contains(id);
        });
        return seen;
    }

    private boolean sees(CurrentUser user, EnrollmentContext context) {
        return context.graph() == null
                ? user.may(Right.ADMINISTER)
                : records.visible(user, context.graph().record());
    }

    private static Optional<ProblemException> over(EnrollmentAction action, Enrollment enrollment) {
        return action == EnrollmentAction.DISCONNECT || enrollment.live()
                ? Optional.empty()
                : Optional.of(Pauses.over(action == EnrollmentAction.PAUSE ? "paused" : "resumed"));
    }

    private static boolean changes(EnrollmentAction action, Enrollment enrollment) {
        boolean paused = enrollment.state() == Enrollment.State.PAUSED;
        return switch (action) {
            case PAUSE -> !paused;
            case RESUME -> paused;
            default -> !enrollment.ended();
        };
    }

    private void carryOut(CurrentUser user, EnrollmentAction action, List<EnrollmentContext> wanted) {
        switch (action) {
            case PAUSE -> pauses.pauseAll(wanted, user.actor());
            case RESUME -> pauses.resumeAll(wanted, user.actor());
            default ->
                exits.endAll(
                        wanted.stream().map(EnrollmentContext::enrollment).toList(),
                        Enrollment.Reason.USER,
                        user.actor());
        }
    }

    private void remember(CurrentUser user, EnrollmentAction action, List<EnrollmentContext> changed) {
        audit.addAll(
                user.actor(),
                "enrollment." + action.name().toLowerCase(Locale.ROOT),
                changed.stream()
                        .map(EnrollmentContext::enrollment)
                        .collect(Collectors.toMap(one -> "enrollment:" + one.id(), Enrollment::state)));
    }
}
