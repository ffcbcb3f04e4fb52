package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.TeamId;
import io.upnext.shared.UserId;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** How the product's things are called in the engine: variables, business keys, users and groups. */
@Component
public class EngineNames {

    /** Process variable: the enrollment an instance carries. */
    public static final String ENROLLMENT = "enrollment";

    /** Process variable of a called instance: the enrollment it comes from. */
    static final String PREVIOUS_ENROLLMENT = "previousEnrollment";

    private static final String TEAM = "team-";

    private final Users users;

    EngineNames(Users users) {
        this.users = users;
    }

    static EnrollmentId enrollment(DelegateExecution execution) {
        return EnrollmentId.of((String) execution.getVariable(ENROLLMENT));
    }

    /** The step whose element, or part of it, the execution is at. */
    static String step(DelegateExecution execution) {
        String element = execution.getCurrentActivityId();
        return ElementIds.stepOf(element)
                .orElseThrow(() -> new IllegalStateException("The element '" + element + "' belongs to no step"));
    }

    static String businessKey(RecordType type, RecordId record) {
        return type.name().toLowerCase(java.util.Locale.ROOT) + ":" + record;
    }

    /** The engine's group of a team; users go by their user names. */
    public static String group(TeamId team) {
        return TEAM + team;
    }

    String userName(Principal user) {
        return users.find(new UserId(user.id())).map(User::username).orElse(null);
    }

    Optional<UserId> user(String userName) {
        return userName == null
                ? Optional.empty()
                : users.findByUsername(userName).map(User::id);
    }

    /** The team behind a group of the engine; empty where it is none of ours. */
    public static Optional<TeamId> team(String group) {
        return group == null || !group.startsWith(TEAM)
                ? Optional.empty()
                : Optional.of(new TeamId(UUID.fromString(group.substring(TEAM.length()))));
    }
}
