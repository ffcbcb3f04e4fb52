package io.upnext.record;

import io.upnext.shared.Actor;
import io.upnext.shared.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What happened to a record, newest first: mails, replies, calls, tasks, field updates, connects and disconnects. */
@Component
public class Timeline {

    /** Adds entries in the transaction of what happened, in one batch. */
    public void add(List<Entry> entries) {
        throw new UnsupportedOperationException("stub");
    }

    public void add(Entry entry) {
        add(List.of(entry));
    }

    /**
     * @param kind such as {@code mail.sent}, {@code call}, {@code task}, {@code field.updated}, {@code connected}; pages
     *     show it through the text {@code timeline.<kind>} with {@code details} as its named values
     * @param details short plain values: subject, step, sequence, outcome, note …
     */
    public record Entry(RecordId record, Instant at, String kind, Actor actor, Map<String, String> details) {}
}
