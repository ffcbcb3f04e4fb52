package io.upnext.messaging.texting;

import io.upnext.messaging.TextEvent;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.record.Timeline;
import io.upnext.shared.Actor;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a text's event means for the record, whatever the enrollment makes of it: timeline and last contact. */
@Component
class TextConsequences {

    private final Records records;
    private final Timeline timeline;

    TextConsequences(Records records, Timeline timeline) {
        this.records = records;
        this.timeline = timeline;
    }

    void of(TextEvent event) {
        CrmRecord record = records.find(event.record()).orElse(null);
        // Of a STOP that concerns several sequences of a record one event speaks to people
        boolean silent = event.kind() == TextEvent.Kind.STOPPED && event.detail() == null;
        if (record == null || silent) {
            return;
        }
        timeline.add(new Timeline.Entry(event.record(), event.at(), kind(event.kind()), Actor.SYSTEM, details(event)));
        if (event.kind() == TextEvent.Kind.REPLIED) {
            records.touched(event.record(), "REPLIED", "SMS");
        } else if (event.kind() == TextEvent.Kind.SENT) {
            boolean replied = "REPLIED".equals(record.text("lastContactedMode"));
            records.touched(event.record(), replied ? null : "NO_REPLY", "SMS");
        }
    }

    private static String kind(TextEvent.Kind kind) {
        return switch (kind) {
            case SENT -> "text.sent";
            case REFUSED -> "text.refused";
            case FAILED -> "text.failed";
            case UNCERTAIN -> "text.uncertain";
            case DELIVERED -> "text.delivered";
            case UNDELIVERED -> "text.undelivered";
            case REPLIED -> "text.replied";
            case STOPPED -> "text.stopped";
        };
    }

    private static Map<String, String> details(TextEvent event) {
        Map<String, String> details = new HashMap<>();
        if (event.stepId() != null) {
            details.put("step", event.stepId());
        }
        details.put("text", event.text().toString());
        if (event.detail() != null) {
            details.put("detail", event.detail());
        }
        if (event.refusal() != null) {
            details.put("refusal", event.refusal().name());
        }
        return details;
    }
}
