package io.upnext.enrollment;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.operation.OperationKind;
import io.upnext.operation.Operations.Result;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.sequence.Sequences;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Moves enrollments to another version, in the background. The items are enrollment ids. */
@Component
class MigrationOperation implements OperationKind {

    static final String KIND = "migration";

    private final Migrating migrating;
    private final Sequences sequences;
    private final Users users;
    private final ObjectMapper json;

    MigrationOperation(Migrating migrating, Sequences sequences, Users users, ObjectMapper json) {
        this.migrating = migrating;
        this.sequences = sequences;
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
        CurrentUser by = users.asCaller(chunk.by());
        sequences.requireChange(by, request.sequence());
        return migrating.migrate(request, by, chunk.items(), counts);
    }
}
