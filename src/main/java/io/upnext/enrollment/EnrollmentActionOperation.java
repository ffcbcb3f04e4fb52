package io.upnext.enrollment;

import io.upnext.operation.OperationKind;
import io.upnext.operation.Operations.Result;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Problem;
import io.upnext.shared.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** One action on many enrollments, in the background. The items are enrollment ids. */
@Component
class EnrollmentActionOperation implements OperationKind {

    static final String KIND = "enrollment-action";

    private final EnrollmentSteering steering;
    private final SteeringAtOnce atOnce;
    private final Users users;

    EnrollmentActionOperation(EnrollmentSteering steering, SteeringAtOnce atOnce, Users users) {
        this.steering = steering;
        this.atOnce = atOnce;
        this.users = users;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Each holds its enrollment's lock until the chunk ends: few, so that sellers at work wait for nobody. */
    @Override
    public int chunkSize() {
        return 20;
    }

    @Override
    public List<Result> run(Chunk chunk, Map<String, Long> counts) {
        CurrentUser user = users.asCaller(chunk.by());
        EnrollmentAction action = EnrollmentAction.valueOf(chunk.argument().asText());
        if (SteeringAtOnce.can(action)) {
            return together(user, action, chunk.items());
        }
        // Always in the same order, so that two who act on the same ones do not wait for each other.
        Map<String, Result> results = new HashMap<>();
        chunk.items().stream().sorted().distinct().forEach(item -> results.put(item, act(user, action, item)));
        return chunk.items().stream().map(results::get).toList();
    }

    private List<Result> together(CurrentUser user, EnrollmentAction action, List<String> items) {
        Map<String, EnrollmentId> ids = new HashMap<>();
        items.forEach(item -> id(item).ifPresent(id -> ids.put(item, id)));
        Map<EnrollmentId, ProblemException> refused =
                atOnce.act(user, action, ids.values().stream().distinct().toList());
        return items.stream().map(item -> result(item, ids.get(item), refused)).toList();
    }

    private static Result result(String item, EnrollmentId id, Map<EnrollmentId, ProblemException> refused) {
        if (id == null) {
            return unknown(item);
        }
        ProblemException problem = refused.get(id);
        return problem == null
                ? Result.enrolled(item, item)
                : Result.refused(item, Problem.error("refused", problem.getMessage()));
    }

    private static Optional<EnrollmentId> id(String item) {
        try {
            return Optional.of(EnrollmentId.of(item));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static Result unknown(String item) {
        return Result.refused(item, Problem.error("unknown-enrollment", "'" + item + "' is no enrollment."));
    }

    /** What is refused inside the transaction spoils it: it is thrown, and the chunk is then done item by item. */
    private Result act(CurrentUser user, EnrollmentAction action, String item) {
        try {
            steering.act(user, EnrollmentId.of(item), action);
            return Result.enrolled(item, item);
        } catch (IllegalArgumentException e) {
            return unknown(item);
        }
    }
}
