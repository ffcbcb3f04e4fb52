package io.upnext.messaging.event;

import io.upnext.messaging.MailEvent;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.record.Timeline;
import io.upnext.shared.Actor;
import io.upnext.shared.RecordId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a mail's event means for the record, whatever the enrollment makes of it: timeline and last contact. */
@Component
class Consequences {

    private final Records records;
    private final Timeline timeline;

    Consequences(Records records, Timeline timeline) {
        this.records = records;
        this.timeline = timeline;
    }

    /** For a batch at once, in their order. */
    void of(List<MailEvents.Stored> batch) {
        List<MailEvents.Stored> human =
                batch.stream().filter(stored -> stored.event().human()).toList();
        timeline.add(human.stream().map(Consequences::entry).toList());
        contacted(human.stream().map(MailEvents.Stored::event).toList());
    }

    private static Timeline.Entry entry(MailEvents.Stored stored) {
        MailEvent event = stored.event();
        return new Timeline.Entry(
                event.record(), event.at(), timelineKind(event.kind()), Actor.SYSTEM, details(stored));
    }

    private void contacted(List<MailEvent> events) {
        Map<RecordId, CrmRecord> known = records.findAll(
                events.stream().map(MailEvent::record).distinct().toList());
        Map<RecordId, String> modes = new HashMap<>();
        for (MailEvent event : events) {
            CrmRecord record = known.get(event.record());
            if (record != null) {
                String now = modes.getOrDefault(event.record(), record.text("lastContactedMode"));
                Optional.ofNullable(contactMode(event.kind(), now)).ifPresent(mode -> modes.put(event.record(), mode));
            }
        }
        records.contacted(modes);
    }

    private static String timelineKind(MailEvent.Kind kind) {
        return switch (kind) {
            case SENT -> "mail.sent";
            case DELIVERED -> "mail.delivered";
            case DELAYED -> "mail.delayed";
            case REFUSED -> "mail.refused";
            case FAILED -> "mail.failed";
            case UNCERTAIN -> "mail.uncertain";
            case OPENED -> "mail.opened";
            case LINK_CLICKED -> "mail.clicked";
            case ATTACHMENT_OPENED -> "mail.attachment-opened";
            case REPLIED -> "mail.replied";
            case AUTO_REPLIED -> "mail.auto-replied";
            case BOUNCED_HARD, BOUNCED_SOFT -> "mail.bounced";
            case COMPLAINED -> "mail.complained";
            case UNSUBSCRIBED -> "mail.unsubscribed";
        };
    }

    /** Null leaves what stands there: an opened mail says less than an answered one. */
    private static String contactMode(MailEvent.Kind kind, String now) {
        return switch (kind) {
            case SENT -> "REPLIED".equals(now) ? null : "NO_REPLY";
            case OPENED, LINK_CLICKED, ATTACHMENT_OPENED ->
                now == null || "NOT_YET_CONTACTED".equals(now) || "NO_REPLY".equals(now) ? "OPENED_NO_REPLY" : null;
            case REPLIED -> "REPLIED";
            default -> null;
        };
    }

    private static Map<String, String> details(MailEvents.Stored stored) {
        MailEvent event = stored.event();
        Map<String, String> details = new HashMap<>();
        put(details, "step", event.stepId());
        details.put("mail", event.mail().toString());
        put(details, "subject", stored.subject());
        put(details, "detail", event.detail());
        put(details, "snippet", stored.snippet());
        put(details, "backOn", event.backOn() == null ? null : event.backOn().toString());
        put(details, "refusal", event.refusal() == null ? null : event.refusal().name());
        return details;
    }

    private static void put(Map<String, String> details, String name, String value) {
        if (value != null) {
            details.put(name, value);
        }
    }
}
