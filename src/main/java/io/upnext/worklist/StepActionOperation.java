package io.upnext.worklist;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.operation.OperationKind;
import io.upnext.operation.Operations.Result;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** One action on many steps, in the background. The items are ids of step runs. */
@Component
class StepActionOperation implements OperationKind {

    static final String KIND = "step-action";

    private final StepBulk bulk;
    private final Users users;
    private final ObjectMapper json;

    StepActionOperation(StepBulk bulk, Users users, ObjectMapper json) {
        this.bulk = bulk;
        this.users = users;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** A step that is refused takes its transaction with it, and each holds its enrollment's lock until the chunk ends. */
    @Override
    public int chunkSize() {
        return 1;
    }

    /** A refusal is thrown: the worker rolls the item back and keeps its sentence. */
    @Override
    public List<Result> run(Chunk chunk, Map<String, Long> counts) {
        CurrentUser user = users.asCaller(chunk.by());
        StepAction action = json.convertValue(chunk.argument(), StepAction.class);
        chunk.items().forEach(item -> bulk.act(user, item, action));
        return chunk.items().stream().map(Result::ok).toList();
    }
}
