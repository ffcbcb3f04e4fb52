package io.upnext.messaging.template;

import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordId;
import org.springframework.stereotype.Component;

/** The record that somebody asks to see a template filled with. */
@Component
class RecordToFill {

    private final Records records;

    RecordToFill(Records records) {
        this.records = records;
    }

    /** @throws NotFoundException where there is no such record that the user may see */
    RecordGraph graph(CurrentUser user, RecordId record) {
        if (record == null) {
            throw new InvalidException("'recordId' is needed: the record to fill the template with.");
        }
        return records.graph(record)
                .filter(graph -> records.visible(user, graph.record()))
                .orElseThrow(() -> new NotFoundException("There is no record '" + record + "' that you may see."));
    }
}
