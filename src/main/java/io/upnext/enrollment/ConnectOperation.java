package io.upnext.enrollment;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.operation.OperationKind;
import io.upnext.operation.Operations.Result;
import io.upnext.security.Users;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Versions;
import io.upnext.shared.NotFoundException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Bulk connect as a background operation. The items are record ids. */
@Component
class ConnectOperation implements OperationKind {

    static final String KIND = "connect";

    private final Connecting connecting;
    private final Sequences sequences;
    private final Versions versions;
    private final Users users;
    private final ObjectMapper json;

    ConnectOperation(Connecting connecting, Sequences sequences, Versions versions, Users users, ObjectMapper json) {
        this.connecting = connecting;
        this.sequences = sequences;
        this.versions = versions;
        this.users = users;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Measured: more than about 50 starts in one transaction gain nothing. */
    @Override
    public int chunkSize() {
        return 50;
    }

    @Override
    public List<Result> run(Chunk chunk, Map<String, Long> counts) {
        ConnectRequest request = json.convertValue(chunk.argument(), ConnectRequest.class);
        Sequence sequence = sequences
                .find(request.sequence())
                .orElseThrow(() -> new NotFoundException("There is no sequence '" + request.sequence() + "'."));
        SequenceVersion version = versions.holdActive(sequence.id()).orElse(null);
        ConnectRules.Asked asked = new ConnectRules.Asked(
                users.asCaller(chunk.by()),
                sequence,
                version,
                version == null ? null : versions.index(version.id()).options());
        return connecting.connect(asked, request, chunk.items());
    }
}
