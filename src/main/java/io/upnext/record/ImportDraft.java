package io.upnext.record;

import com.fasterxml.jackson.core.type.TypeReference;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.time.Instant;
import java.util.Map;

/** What a dry run imagines of a record: as much of it as decides whether a later row would change it. */
record ImportDraft(Map<String, Object> fields, String state, Principal owner) {

    private static final TypeReference<Map<String, Object>> OPEN = new TypeReference<>() {};

    static ImportDraft of(CrmRecord record) {
        return new ImportDraft(record.fields(), record.state(), record.owner());
    }

    static ImportDraft read(String json) {
        Map<String, Object> draft = Json.read(json, OPEN);
        return new ImportDraft(
                RecordRows.fields(Json.write(draft.get("fields"))), (String) draft.get("state"), Principal.of((String)
                        draft.get("owner")));
    }

    CrmRecord asRecord(RecordType type) {
        return new CrmRecord(
                RecordId.next(),
                type,
                state,
                owner,
                null,
                RecordNames.of(type, fields),
                fields,
                Instant.EPOCH,
                Instant.EPOCH,
                0);
    }
}
