package io.upnext.enrollment;

import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.Definition.Assignment;
import io.upnext.shared.Principal;
import io.upnext.shared.TeamId;
import io.upnext.shared.UserId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whom the manual steps of an enrollment go to. */
@Component
class Assignments {

    private final Users users;

    Assignments(Users users) {
        this.users = users;
    }

    /**
     * The user or team the sequence's rule names at this moment; where that is nobody, or somebody who has left, the
     * sequence's owner.
     */
    Principal of(EnrollmentContext context) {
        return named(context)
                .filter(this::exists)
                .orElseGet(() -> Principal.user(context.sequence().owner()));
    }

    private Optional<Principal> named(EnrollmentContext context) {
        Assignment rule = context.version().definition().assignTo();
        if (rule == null || rule.kind() == null) {
            return recordOwner(context);
        }
        return switch (rule.kind()) {
            case RECORD_OWNER -> recordOwner(context);
            case SEQUENCE_OWNER -> Optional.of(Principal.user(context.sequence().owner()));
            case CONNECTED_BY -> Optional.of(Principal.user(context.enrollment().connectedBy()));
            case USER -> resolve(rule.user());
            case TEAM ->
                resolve(rule.team() == null ? null : "team:" + rule.team().replaceFirst("^team:", ""))
                        .or(() -> resolve(rule.team()));
            case RECORD_FIELD ->
                context.graph() == null
                        ? Optional.empty()
                        : resolve(context.graph().record().text(rule.field()));
        };
    }

    private Optional<Principal> recordOwner(EnrollmentContext context) {
        return context.graph() == null
                ? Optional.empty()
                : Optional.ofNullable(context.graph().record().owner());
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
