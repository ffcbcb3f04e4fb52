package io.upnext.sequence.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.json.DefinitionJson;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.http.ResponseEntity;

/** A sequence as the API answers it: the definition as it was saved, and what is known about it besides. */
final class SequenceAnswers {

    private SequenceAnswers() {}

    static ObjectNode answer(SequenceView view) {
        ObjectNode answer = DefinitionJson.write(view.definition());
        answer.put("id", view.id().toString());
        answer.put("state", view.state().name());
        if (view.version() != null) {
            answer.put("version", view.version());
        }
        answer.put("owner", view.owner().toString());
        answer.put("activeEnrollments", view.activeEnrollments());
        answer.put("hasRevision", view.hasRevision());
        answer.put("createdAt", at(view.createdAt()));
        answer.put("updatedAt", at(view.updatedAt()));
        return answer;
    }

    /** The same with what an older version froze in place of the content. */
    static ObjectNode answer(SequenceView view, SequenceVersion version) {
        ObjectNode answer = DefinitionJson.write(version.definition());
        answer.setAll(answer(view)
                .retain("id", "state", "owner", "activeEnrollments", "hasRevision", "createdAt", "updatedAt"));
        return answer.put("version", version.number());
    }

    static ResponseEntity.BodyBuilder tagged(ResponseEntity.BodyBuilder builder, SequenceView view) {
        return builder.header("ETag", EditionTag.of(view));
    }

    static ResponseEntity<ObjectNode> ok(SequenceView view) {
        return tagged(ResponseEntity.ok(), view).body(answer(view));
    }

    static String at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toString();
    }
}
