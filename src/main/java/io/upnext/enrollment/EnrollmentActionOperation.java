package io.upnext.enrollment;

import io.upnext.operation.OperationKind;
import io.upnext.operation.Operations.Result;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** One action on many enrollments, in the background. The items are enrollment ids. */
@Component
class EnrollmentActionOperation implements OperationKind {

    static final String KIND = "enrollment-action";

    private final EnrollmentSteering steering;
    private final Users users;

    EnrollmentActionOperation(EnrollmentSteering steering, Users users) {
        this.steering = steering;
        this.users = users;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Each holds its enrollment's lock until the chunk ends: few, so that sellers at work wait for nobody. */
    @Override
    public int chunkSize() {
        return 10;
    }

    @Override
    public List<Result> run(Chunk chunk, Map<String, Long> counts) {
        CurrentUser user = users.asCaller(chunk.by());
        EnrollmentAction action = EnrollmentAction.valueOf(chunk.argument().asText());
        // Always in the same order, so that two who act on the same ones do not wait for each other.
        Map<String, Result> results = new HashMap<>();
        chunk.items().stream().sorted().distinct().forEach(item -> results.put(item, act(user, action, item)));
        return chunk.items().stream().map(results::get).toList();
    }

    /** What is refused inside the transaction spoils it: it is thrown, and the chunk is then done item by item. */
    private Result act(CurrentUser user, EnrollmentAction action, String item) {
        try {
            steering.act(user, EnrollmentId.of(item), action);
            return Result.enrolled(item, item);
        } catch (IllegalArgumentException e) {
            return Result.refused(item, Problem.error("unknown-enrollment", "'" + item + "' is no enrollment."));
        }
    }
}
