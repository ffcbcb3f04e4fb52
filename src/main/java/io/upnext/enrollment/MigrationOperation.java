package io.upnext.enrollment;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.operation.OperationKind;
import io.upnext.operation.Operations.Result;
import io.upnext.security.Users;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Moves enrollments to another version, in the background. The items are enrollment ids. */
@Component
class MigrationOperation implements OperationKind {

    static final String KIND = "migration";

    private final Migrating migrating;
    private final Users users;
    private final ObjectMapper json;

    MigrationOperation(Migrating migrating, Users users, ObjectMapper json) {
        this.migrating = migrating;
        this.users = users;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Each holds its enrollment's lock until the chunk ends: few, so that sellers at work wait for nobody. */
    @Override
    public int chunkSize() {
        return 25;
    }

    @Override
    public List<Result> run(Chunk chunk, Map<String, Long> counts) {
        MigrationRequest request = json.convertValue(chunk.argument(), MigrationRequest.class);
        return migrating.migrate(request, users.asCaller(chunk.by()), chunk.items(), counts);
    }
}
