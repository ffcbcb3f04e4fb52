package io.upnext.enrollment;

import io.upnext.operation.OperationKind;
import io.upnext.operation.Operations.Result;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Problem;
import io.upnext.shared.ProblemException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Disconnects many enrollments in the background. The items are enrollment ids. */
@Component
class DisconnectOperation implements OperationKind {

    static final String KIND = "disconnect";

    private final Enrollments enrollments;
    private final Users users;

    DisconnectOperation(Enrollments enrollments, Users users) {
        this.enrollments = enrollments;
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
        // Always in the same order, so that two who disconnect the same ones do not wait for each other.
        Map<String, Result> results = new java.util.HashMap<>();
        chunk.items().stream().sorted().distinct().forEach(item -> results.put(item, disconnect(user, item)));
        return chunk.items().stream().map(results::get).toList();
    }

    private Result disconnect(CurrentUser user, String item) {
        try {
            EnrollmentId id = EnrollmentId.of(item);
            enrollments.disconnect(user, id);
            return Result.enrolled(item, item);
        } catch (IllegalArgumentException e) {
            return Result.refused(item, Problem.error("unknown-enrollment", "'" + item + "' is no enrollment."));
        } catch (ProblemException e) {
            // Thrown before anything of this item is written.
            return Result.refused(item, Problem.error("refused", e.getMessage()));
        }
    }
}
